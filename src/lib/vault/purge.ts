import { toMilliseconds, type Day } from '#contract/day.ts'
import type { Lease } from '#contract/device.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { DoorRow, VaultDatabase } from '#lib/device/database.ts'
import { dropCustomerships, dropEverything, type Purgeable } from '#lib/device/drop.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'

const dayMilliseconds = 86_400_000

/** Before the first lease has come, its length is counted from the enrolment. */
export function leaseEnd(
  lease: Lease | undefined,
  door: Pick<DoorRow, 'enrolledAt' | 'policy'>
): number {
  return lease
    ? toMilliseconds(lease.until)
    : door.enrolledAt + door.policy.offlineDays * dayMilliseconds
}

/** §7: the last day on which it may be held is over, in Helsinki. */
export function isOver(row: { readonly purgeAfter: Day | null }, today: Day): boolean {
  return row.purgeAfter !== null && row.purgeAfter < today
}

/**
 * §7: a tablet that meets nobody forgets on the day it must. Works locked, before anything else; an
 * ended lease takes everything. What an author wrote is in the outbox, out of reach from here. Answers those whose
 * key slots no note names.
 */
export async function purgeDue(
  database: Purgeable,
  at: { readonly today: Day; readonly leaseEnded: boolean }
): Promise<readonly CustomershipId[]> {
  if (at.leaseEnded) return dropEverything(database)
  const due = new Set<CustomershipId>()
  for (const table of [database.customerships, database.faces]) {
    // From the first text on: below a day WebKit finds also what has no last day.
    const over = table.where('purgeAfter').between('', at.today)
    for (const id of await over.primaryKeys()) due.add(id)
  }
  return dropCustomerships(database, [...due])
}

/**
 * Finishes purges whose rows are gone already: those that left a note, and `unnoted`. Said to be destroyed is only
 * what is; on a full disk it is said later.
 */
export async function destroyStanding(
  database: VaultDatabase,
  destroy: (ids: CustomershipId[]) => Promise<unknown>,
  unnoted: readonly CustomershipId[] = []
): Promise<void> {
  const { purges } = database
  const standing = await purges.where('slot').equals('standing').primaryKeys()
  const ids = [...new Set([...standing, ...unnoted])]
  if (ids.length === 0) return
  await destroy(ids)
  await purges
    .bulkPut(ids.map((customership) => ({ customership, slot: 'destroyed' })))
    .catch(unlessFullDisk)
}
