import type { Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { OpenItem } from '#contract/ending.ts'

/** What still stands between a customership and its deletion; an empty list lets it be deleted now. */
export function closingList(state: {
  readonly today: Day
  readonly endDay: Day | null
  readonly entries: readonly Entry[]
  /** Operations that await a decision. */
  readonly held: number
  /** Tablets that were sent it and still carry something undelivered. */
  readonly waitingTablets: number
}): OpenItem[] {
  const { today, endDay, entries, held, waitingTablets } = state
  const running = entriesOf(entries, 'visit').filter(({ data }) => data.state === 'started')
  const unsigned = entriesOf(entries, 'note').filter(({ data }) => data.state === 'draft')
  const items: OpenItem[] = [
    { code: 'end-day-not-past', count: endDay === null || endDay >= today ? 1 : 0 },
    { code: 'tablet-waits', count: waitingTablets },
    { code: 'awaiting-decision', count: held },
    { code: 'visit-running', count: running.length },
    { code: 'note-unsigned', count: unsigned.length }
  ]
  return items.filter(({ count }) => count > 0)
}
