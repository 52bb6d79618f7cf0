import { doorName, doorVersion, type DoorRow } from './database.ts'

/** Dexie counts in tens, and mends in ones. */
const newest = doorVersion * 10 + 9

/**
 * Everybody at the door, read with nothing between it and the disk: a lock can be drawn from it before
 * the gateway is ready. It writes and creates nothing, and lets go at once. Empty where it cannot tell:
 * whoever then asks the gateway is told why.
 */
export function readDoorRows(): Promise<readonly DoorRow[]> {
  return new Promise((resolve) => {
    const nobody = () => resolve([])
    try {
      const opening = indexedDB.open(doorName)
      // Nobody has been here: the database stays unmade.
      opening.onupgradeneeded = () => opening.transaction?.abort()
      opening.onerror = nobody
      opening.onsuccess = () => {
        const { result: database } = opening
        if (database.version > newest || !database.objectStoreNames.contains('vaults')) nobody()
        else {
          const asked = database.transaction('vaults').objectStore('vaults').getAll()
          asked.onsuccess = () => resolve(asked.result as DoorRow[])
          asked.onerror = nobody
        }
        // It goes on until what was asked is answered.
        database.close()
      }
    } catch {
      // Storage is forbidden, or there is none.
      nobody()
    }
  })
}
