import type { DoorRow } from '#lib/device/database.ts'
import { readDoorRows } from '#lib/device/door-rows.ts'

/** Asked for at once: the disk has its answer before the framework has found its way. */
const looking = readDoorRows().then((rows) => (rows.every(isSettled) ? rows : []))

/**
 * Who lives in this browser, read once, as soon as there is script: the lock is drawn from it, while what
 * is due is still being forgotten behind it. Names, and no word of a client. Empty as well where the vault
 * itself must look before anything is drawn.
 */
export const lookFirst = (): Promise<readonly DoorRow[]> => looking

/** Nothing about this vault is to change before its lock is drawn: no wipe, and no name that must not be read there. */
function isSettled(row: DoorRow): boolean {
  return row.state === 'ready' && !('label' in row)
}
