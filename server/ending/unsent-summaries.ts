import type { UnsentSummary } from '#contract/ending.ts'
import { startOf } from '#contract/counted-visit.ts'
import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import { monthOf, type Month } from '#contract/month.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import { draftMonth, type Terms } from '#server/summaries/month-source.ts'
import { lineOf } from '#server/summaries/tell.ts'

/** A month that an organiser has not been told of as it is, and when what it tells was last written. */
export interface Unsent extends UnsentSummary {
  readonly writtenAt: number
}

/**
 * §10: every month in which something was held, and the one in which it ends, is told to its organiser before
 * anything is deleted. What was corrected after it was delivered is still to be told as it is.
 */
export function unsentSummaries(
  id: CustomershipId,
  entries: readonly Entry[],
  summaries: readonly OfficeEntry<'summary'>[],
  terms: Terms,
  endDay: Day | null
): Unsent[] {
  const held = heldMonths(entries)
  const last = monthOf(endDay ?? terms.today)
  const months = [...new Set([...held.values(), last])].sort()
  return months.flatMap((month) =>
    draftMonth(entries, summaries, month, terms).flatMap((draft): Unsent[] => {
      const { organiser, figures } = draft
      const isDue =
        month === last ||
        figures.decisions.some(({ rows }) => rows.some(({ visit }) => held.has(visit)))
      const { state, isChanged } = lineOf(id, draft)
      if (!isDue || (state === 'delivered' && !isChanged)) return []
      return [{ organiser, month, writtenAt: writtenAt(entries, organiser, month) }]
    })
  )
}

/** The month of each visit that anybody has recorded. */
function heldMonths(entries: readonly Entry[]): Map<string, Month> {
  return new Map(
    entriesOf(entries, 'visit').flatMap(({ id, data }) => {
      const start = startOf(data)
      const isHeld = data.state !== 'planned' && data.forkOf === undefined
      return start && isHeld ? [[id, monthOf(dayAt(toMilliseconds(start)))] as const] : []
    })
  )
}

/** A word that was given before this says nothing of it. */
function writtenAt(entries: readonly Entry[], organiser: string, month: Month): number {
  const decisions = entriesOf(entries, 'decision').filter(
    ({ data }) => data.organiser === organiser
  )
  const ids = new Set(decisions.map(({ id }) => id))
  const visits = entriesOf(entries, 'visit').filter(({ data }) => {
    const start = startOf(data)
    return ids.has(data.decision) && start && monthOf(dayAt(toMilliseconds(start))) === month
  })
  return Math.max(...[...decisions, ...visits].map(({ at }) => toMilliseconds(at)), 0)
}
