import type { DeviceId } from '#contract/id.ts'
import type { DoorDatabase } from '#lib/device/database.ts'
import type { Databases } from '#lib/device/databases.ts'
import { unsentIn, type Unsent } from '#lib/device/unsent.ts'

/** What the lock screen may tell of one resident: numbers, and no word of a client. */
export interface DoorSight extends Unsent {
  readonly visitRuns: boolean
  readonly visitEndedAt: number | null
}

/** Everybody at the door, and how many orders wait to be carried out. */
export async function lookAtDoor(
  door: DoorDatabase,
  databases: Databases
): Promise<{ sights: ReadonlyMap<DeviceId, DoorSight>; orders: number }> {
  const sights = new Map<DeviceId, DoorSight>()
  let orders = 0
  for (const row of await door.vaults.toArray()) {
    const database = databases.of(row.device)
    const { visitRuns = false, visitEndedAt = null } = row
    sights.set(row.device, { ...(await unsentIn(database)), visitRuns, visitEndedAt })
    orders += await database.purges.where('slot').equals('standing').count()
    if (row.state === 'wiping' || row.state === 'wiped') orders += 1
  }
  return { sights, orders }
}
