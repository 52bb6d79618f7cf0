import type { Day } from '#contract/day.ts'
import type { GrantPeriod } from '#contract/decision.ts'
import { formatDay } from '#lib/i18n/format.ts'

interface Span {
  readonly first: Day
  readonly last: Day
}

const monthOf = (day: Day): number => Number(day.slice(5, 7))
const dateOf = (day: Day): string => `${Number(day.slice(8, 10))}.${monthOf(day)}.`

/** `11/26`, or the Monday of a week `16.11.`: as much as fits under a column. */
export function shortPeriod({ first }: Span, per: GrantPeriod): string {
  return per === 'week' ? dateOf(first) : `${monthOf(first)}/${first.slice(2, 4)}`
}

/** `11/2026`, `16.11.–22.11.2026`, or the whole validity. */
export function longPeriod({ first, last }: Span, per: GrantPeriod): string {
  if (per === 'week') return `${dateOf(first)}–${formatDay(last)}`
  return `${monthOf(first)}/${first.slice(0, 4)}`
}
