import { dayAt, daysBetween, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { hoursOf, type Hours } from '#contract/hours.ts'
import type { EntryId } from '#contract/id.ts'

/** §6: what is granted, used and left, counted on the tablet from what it holds, without a network. */

export interface HeldHours {
  readonly id: EntryId
  readonly decision: Decision
  readonly hours: Hours
  readonly warning: HoursWarning | null
}

/** `over` is never hidden; `low` and `ending` come while something can still be done. */
export type HoursWarning = 'over' | 'low' | 'ending' | 'not-yet'

const lowShare = 0.1
const endingDays = 14

function warningOf(decision: Decision, hours: Hours, today: Day): HoursWarning | null {
  if (today < decision.from) return 'not-yet'
  if (hours.leftMinutes < 0) return 'over'
  if (daysBetween(today, decision.until) <= endingDays) return 'ending'
  if (hours.leftMinutes <= decision.grantedMinutes * lowShare) return 'low'
  return null
}

/** The decisions in force or to come, the one that ends first first. */
export function hoursHeld(entries: readonly Entry[], now: number): HeldHours[] {
  const today = dayAt(now)
  const visits = entriesOf(entries, 'visit').map(({ data }) => data)
  return entriesOf(entries, 'decision')
    .filter(({ data }) => today <= data.until)
    .sort((one, other) => (one.data.until < other.data.until ? -1 : 1))
    .map(({ id, data }) => {
      const hours = hoursOf(id, data, visits, now)
      return { id, decision: data, hours, warning: warningOf(data, hours, today) }
    })
}

/** Those that an unplanned visit may be recorded against today. */
export function decisionsOn(entries: readonly Entry[], day: Day): Entry<'decision'>[] {
  return entriesOf(entries, 'decision').filter(({ data }) => isValidOn(data, day))
}
