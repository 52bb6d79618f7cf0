import { dayAt, toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { ruleFor } from '#contract/organiser-rule.ts'
import type { VisitState } from '#contract/visit.ts'
import type { CancelCause, CancelRequest } from '#contract/week.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { Terms } from './planning.ts'

/**
 * Calls off what nobody has started: it stays, struck through, with who called it off. Only a mistake
 * that no tablet was ever sent is taken away, so that it is in nobody's figures.
 */
export async function cancelVisit(
  change: CustomershipChange,
  { visit: id, based, cause, why, following }: CancelRequest,
  terms: Terms
): Promise<Refusal | null> {
  const visit = await change.entry('visit', id)
  if (!visit) return { code: 'not-found' }
  if (visit.data.state !== 'planned' || visit.revision !== based) return { code: 'conflict' }
  const sent = await sentRevision(change, terms)
  for (const one of following ? await restOfSeries(change, visit) : [visit])
    if (cause === 'mistake' && one.revision > sent) await change.remove(one.id, terms.by)
    else {
      const state = await stateOf(change, one, cause, terms)
      const data = { ...one.data, state, ...(why ? { reason: why } : {}) }
      await change.put('visit', one.id, data, terms.by)
    }
  return null
}

/** It and those of its series that come after it and are still to be held. */
async function restOfSeries(
  change: CustomershipChange,
  first: Entry<'visit'>
): Promise<Entry<'visit'>[]> {
  const series: EntryId = first.data.series ?? first.id
  const startOf = ({ data }: Entry<'visit'>) =>
    data.plannedStart ? toMilliseconds(data.plannedStart) : 0
  return entriesOf(await change.entries({ kinds: ['visit'] }), 'visit').filter(
    (one) =>
      (one.data.series === series || one.id === first.id) &&
      one.data.state === 'planned' &&
      startOf(one) >= startOf(first)
  )
}

/** The newest revision that any tablet was ever sent; what is newer nobody has seen. */
async function sentRevision(change: CustomershipChange, { store }: Terms): Promise<number> {
  const holdings = await store.holdings.of(change.facts.id)
  return Math.max(0, ...holdings.map((one) => one.sentRevision ?? change.revision))
}

async function stateOf(
  change: CustomershipChange,
  { data }: Entry<'visit'>,
  cause: CancelCause,
  { rules, now }: Terms
): Promise<VisitState> {
  if (cause !== 'client') return 'cancelled-by-provider'
  const decision = await change.entry('decision', data.decision)
  if (!decision || !data.plannedStart) return 'cancelled-in-time'
  const start = toMilliseconds(data.plannedStart)
  const { organiser, product } = decision.data
  const { cancelNoticeHours } = ruleFor(rules, organiser, product, dayAt(start))
  return start - now >= cancelNoticeHours * 3_600_000 ? 'cancelled-in-time' : 'cancelled-late'
}
