import type { Holding } from '#contract/customership.ts'
import type { Moment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'

/** When a tablet of the visit's worker said that it holds this version of it; 'none' when they have no tablet with the client. */
export function fetchedBy(
  holdings: readonly Holding[],
  visit: Entry<'visit'>
): Moment | 'not-yet' | 'none' {
  const own = holdings.filter((one) => one.user === visit.data.worker && one.purgedAt === null)
  if (own.length === 0) return 'none'
  const times = own.flatMap((one) =>
    one.heldAt !== null && (one.heldRevision ?? 0) >= visit.revision ? one.heldAt : []
  )
  return times.sort().at(0) ?? 'not-yet'
}
