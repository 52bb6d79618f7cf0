import type { DeviceId } from '#contract/id.ts'
import type { DoorDatabase, OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import type { Databases } from '#lib/device/databases.ts'

/** What the lock screen may tell of one resident: numbers, and no word of a client. */
export interface DoorSight {
  /** Operations not yet handed over, and when the oldest of them was written. */
  readonly waiting: number
  readonly since: number | null
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
    sights.set(row.device, { ...(await waitingIn(database)), visitRuns, visitEndedAt })
    orders += await database.purges.where('slot').equals('standing').count()
    if (row.state === 'wiping' || row.state === 'wiped') orders += 1
  }
  return { sights, orders }
}

async function waitingIn({ outbox }: VaultDatabase): Promise<Pick<DoorSight, 'waiting' | 'since'>> {
  const rows = (await outbox.toArray()).filter((row) => !row.quiet && isUnsent(row))
  const since = Math.min(...rows.map(({ writtenAt }) => writtenAt))
  return { waiting: rows.length, since: rows.length > 0 ? since : null }
}

/** Neither handed over nor beyond help: what was damaged here goes once it is unlocked. */
const isUnsent = ({ waiting, receipt, renewed }: OutboxRow): boolean =>
  waiting === 1 || (receipt?.code === 'cannot-open' && !renewed)
