import type { DeviceId } from '#contract/id.ts'
import { now } from './clock.ts'
import { DoorDatabase } from './database.ts'

/**
 * *Lopeta käynti* on the lock screen. No key is at hand there, so the door keeps one number: when it was
 * pressed. What visit it ends is known at the next unlocking.
 */

/** The first press holds: whoever presses again in doubt does not make the visit longer. */
export const keepVisitEnd = (device: DeviceId): Promise<unknown> =>
  atDoor((door) =>
    door.vaults
      .where({ device })
      .filter((row) => row.visitRuns === true && typeof row.visitEndedAt !== 'number')
      .modify({ visitEndedAt: now() })
  )

export const dropVisitEnd = (device: DeviceId): Promise<unknown> =>
  atDoor((door) => door.vaults.update(device, { visitEndedAt: null }))

export const readVisitEnd = (device: DeviceId): Promise<number | null> =>
  atDoor(async (door) => (await door.vaults.get(device))?.visitEndedAt ?? null)

/** A connection of its own, for a screen that few ever see. */
async function atDoor<T>(work: (door: DoorDatabase) => PromiseLike<T>): Promise<T> {
  const door = new DoorDatabase()
  try {
    return await work(door)
  } finally {
    door.close()
  }
}
