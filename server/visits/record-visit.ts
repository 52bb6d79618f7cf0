import { dayAt, daysBetween, toMilliseconds } from '#contract/day.ts'
import { startOf } from '#contract/counted-visit.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId } from '#contract/id.ts'
import type { OperationOf } from '#contract/operation.ts'
import { changesHours, recordedVisit } from '#contract/recorded-visit.ts'
import type { Visit } from '#contract/visit.ts'
import type { Deed, Terms } from '#server/access/deed.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

type Recording = OperationOf<'visit.record'>

/**
 * Records what happened at a planned visit, or at one that nobody planned. The plan is kept beside it,
 * and behind it what was recorded before. §6: a visit is recorded against a decision.
 */
export const recordVisit: Deed<'visit.record'> = async (change, operation, terms) => {
  const { visit: _, shares, ...record } = operation.body
  if (!(await change.entry('decision', record.decision)))
    return { outcome: 'awaiting-decision', code: 'invalid' }

  const { author, based } = operation
  const { id, current, beside } = await placeOf(change, operation)
  const shared = beside ?? (shares && (await change.entry('visit', shares))?.id)
  const own = { ...record, ...(shared && shared !== id ? { shares: shared } : {}) }
  if (!current || current.data.state === 'planned' || current.revision === based) {
    if (current && changesHours(current.data, record) && isLate(current.data, terms))
      return { outcome: 'awaiting-decision', code: 'late' }
    await change.put('visit', id, recordedVisit(current, own, author), author)
    return { outcome: 'applied', revision: change.revision }
  }
  const { formerly: _former, ...fork } = recordedVisit(current, own, author)
  await change.put('visit', entryMadeBy(operation.id), { ...fork, forkOf: id }, author)
  return { outcome: 'applied', revision: change.revision, code: 'forked' }
}

interface Place {
  readonly id: EntryId
  readonly current: Entry<'visit'> | null
  /** The colleague's visit, when it is the first that this worker tells of it. */
  readonly beside?: EntryId
}

/** Two workers at one visit: each has times of their own, and neither takes over what is the other's. */
async function placeOf(change: CustomershipChange, operation: Recording): Promise<Place> {
  const { visit } = operation.body
  const named = await change.entry('visit', visit)
  if (!named || named.data.worker === operation.author) return { id: visit, current: named }
  const visits = entriesOf(await change.entries({ kinds: ['visit'] }), 'visit')
  const own = visits.find(
    ({ data }) =>
      data.shares === visit && data.worker === operation.author && data.forkOf === undefined
  )
  return own
    ? { id: own.id, current: own }
    : { id: entryMadeBy(operation.id), current: null, beside: visit }
}

/** As with a note: what comes after the late-note days changes the figures of a month that may be told. */
function isLate(visit: Visit, { organisation, now, alsoClosed }: Terms): boolean {
  const start = startOf(visit)
  if (start === undefined || alsoClosed) return false
  return daysBetween(dayAt(toMilliseconds(start)), dayAt(now)) > organisation.policy.lateNoteDays
}
