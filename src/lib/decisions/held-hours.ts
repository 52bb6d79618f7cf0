import { dayAt } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { hoursOf, warningsOf, type Hours, type HoursWarning } from '#contract/hours.ts'
import type { EntryId } from '#contract/id.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'

/** §6: what is granted, used and left, counted on the tablet from what it holds, without a network. */

export interface HeldHours {
  readonly id: EntryId
  readonly decision: Decision
  readonly hours: Hours
  readonly warnings: readonly (HoursWarning | 'not-yet')[]
}

/** The decisions in force or to come, the one that ends first first. */
export function hoursHeld(
  entries: readonly Entry[],
  rules: readonly OrganiserRule[],
  now: number
): HeldHours[] {
  const today = dayAt(now)
  const visits = entriesOf(entries, 'visit').map(({ data }) => data)
  return entriesOf(entries, 'decision')
    .filter(({ data }) => today <= data.until)
    .sort((one, other) => one.data.until.localeCompare(other.data.until))
    .map(({ id, data }) => {
      const isToCome = today < data.from
      const at = isToCome ? Date.parse(`${data.from}T12:00:00Z`) : now
      const hours = hoursOf(id, data, visits, at, rules)
      return {
        id,
        decision: data,
        hours,
        warnings: isToCome ? ['not-yet'] : warningsOf(data, hours, today)
      }
    })
}
