import type { AskAnswer, AskOutcome, AskToComplete } from '#contract/completion-request.ts'
import { askOutcomeSchema } from '#contract/completion-request.ts'
import { dayAt, toMilliseconds, type Moment } from '#contract/day.ts'
import { formatClock, formatDateTime } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'

/** One thing that a worker can be asked to complete. */
export type Askable = AskToComplete['requests'][number]

/** Nobody is asked twice in a day. */
export const isOfToday = (at: Moment, now: number): boolean =>
  dayAt(toMilliseconds(at)) === dayAt(now)

/** klo 14.05 today, else with its day. */
export const askedWhen = (at: Moment, now: number): string =>
  isOfToday(at, now) ? formatClock(at) : formatDateTime(at)

/** What became of what was asked, a line for each kind of outcome. */
export function outcomeWords({ results }: AskAnswer): string[] {
  const counts = Map.groupBy(results, ({ outcome }) => outcome)
  const said = (outcome: AskOutcome) => {
    const count = counts.get(outcome)?.length ?? 0
    return count === 0 ? [] : [say(`asking.outcome.${outcome}`, { count })]
  }
  return askOutcomeSchema.options.flatMap(said)
}
