import { addDays, dayAt, toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { UserId } from '#contract/id.ts'
import type { ProfileField } from '#contract/profile.ts'

/** An answer that is older says nothing new to anybody. */
const answerDays = 30

/** What this worker proposed of a field and the office has not decided, the latest last. */
export function openSuggestions(
  entries: readonly Entry[],
  user: UserId,
  field: ProfileField
): Entry<'suggestion'>[] {
  return entriesOf(entries, 'suggestion')
    .filter(({ data }) => data.author === user && data.field === field && data.state === 'open')
    .sort((one, other) => one.data.suggestedAt.localeCompare(other.data.suggestedAt))
}

/** What the office answered to this worker lately. */
export function answersTo(
  entries: readonly Entry[],
  user: UserId,
  now: number
): Entry<'suggestion'>[] {
  const since = addDays(dayAt(now), -answerDays)
  return entriesOf(entries, 'suggestion').filter(
    ({ data: { author, state, decidedAt } }) =>
      author === user &&
      state !== 'open' &&
      decidedAt !== undefined &&
      dayAt(toMilliseconds(decidedAt)) >= since
  )
}
