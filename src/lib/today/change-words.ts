import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { formatClock, formatWeekdayAndDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import type { Change } from './changes.ts'

/** What became of a visit, and when: "Muuttunut klo 9.40". */
export function changeWords(
  { kind, at, visit }: Change,
  today: Day,
  nameOf: (user: UserId) => string
): string {
  const day = dayAt(toMilliseconds(at))
  const when = day === today ? formatClock(at) : `${formatWeekdayAndDay(day)} ${formatClock(at)}`
  return kind === 'away'
    ? say('changes.away', { name: nameOf(visit.worker), when })
    : say(`changes.${kind}`, { when })
}
