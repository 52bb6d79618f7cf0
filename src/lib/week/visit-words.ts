import type { WeekVisit } from '#contract/week.ts'
import { formatSpan, formatTime } from '#lib/i18n/format.ts'

/** 9.00–10.30; one that runs has no end yet. */
export function spanWords(
  visit: Pick<WeekVisit, 'plannedStart' | 'plannedEnd' | 'startedAt' | 'endedAt'>
): string {
  const start = visit.startedAt ?? visit.plannedStart
  const end = visit.startedAt ? visit.endedAt : visit.plannedEnd
  if (!start) return ''
  return end ? formatSpan(start, end) : `${formatTime(start)}–`
}
