import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import type { Person } from '#contract/organisation.ts'
import { formatClock, formatWeekdayAndDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import type { Change } from './changes.ts'

/** What became of each visit, and when: "Muuttunut klo 9.40". */
export const wordsByVisit = (
  changes: readonly Change[],
  today: Day,
  people: readonly Person[] = []
): ReadonlyMap<EntryId, string> =>
  new Map(changes.map((change) => [change.visit.id, words(change, today, people)]))

function words({ kind, at, visit }: Change, today: Day, people: readonly Person[]): string {
  const day = dayAt(toMilliseconds(at))
  const when = day === today ? formatClock(at) : `${formatWeekdayAndDay(day)} ${formatClock(at)}`
  if (kind !== 'away') return say(`changes.${kind}`, { when })
  const name = people.find(({ id }) => id === visit.worker)?.displayName ?? ''
  return say('changes.away', { name, when })
}
