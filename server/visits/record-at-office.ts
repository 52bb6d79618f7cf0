import { toMilliseconds } from '#contract/day.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { recordedVisit } from '#contract/recorded-visit.ts'
import type { RecordAtOffice } from '#contract/visit.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/**
 * What no tablet told of a visit, a main user records for its worker, from a paper day sheet: the visit
 * stays the worker's, and who recorded it is kept with the reason. What the worker has told stands; a
 * tablet that tells it later is laid beside.
 */
export async function recordAtOffice(
  change: CustomershipChange,
  visit: EntryId,
  { based, ...record }: RecordAtOffice,
  { by, now }: { readonly by: UserId; readonly now: number }
): Promise<Refusal | null> {
  const current = await change.entry('visit', visit)
  if (!current) return { code: 'not-found' }
  const { state, worker, decision, product, split } = current.data
  if (current.revision !== based || (state !== 'planned' && state !== 'started'))
    return { code: 'conflict' }
  const late = (['startedAt', 'endedAt'] as const).filter((time) => {
    const moment = record[time]
    return moment !== undefined && record.state === 'completed' && toMilliseconds(moment) > now
  })
  if (late.length > 0)
    return { code: 'invalid', issues: late.map((time) => ({ path: [time], code: 'in-future' })) }
  // With whom a visit that ran was shared, its tablet has told; nobody shares what was not held.
  const shared = split && record.state === 'completed' ? { split } : {}
  const recorder = by === worker ? {} : { recordedBy: by }
  const told = { ...record, decision, product, ...shared, ...recorder }
  await change.put('visit', visit, recordedVisit(current, told, worker), by)
  return null
}
