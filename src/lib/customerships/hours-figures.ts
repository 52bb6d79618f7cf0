import { addDays, dayAt, instantOf, mondayOf, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { hoursOf, type Hours } from '#contract/hours.ts'
import type { Visit } from '#contract/visit.ts'

/** Shares of one drawn bar, each 0–1. The bar is as long as the greater of what was granted and what is taken. */
export interface HoursBar {
  readonly used: number
  readonly planned: number
  readonly left: number
  readonly over: number
  /** Where the granted hours end on the bar; 1 unless more is taken than granted. */
  readonly grantedMark: number
}

export function hoursBar(hours: Hours): HoursBar {
  const taken = hours.usedMinutes + hours.plannedMinutes
  const scale = Math.max(hours.grantedMinutes, taken)
  if (scale === 0) return { used: 0, planned: 0, left: 0, over: 0, grantedMark: 0 }
  const withinUsed = Math.min(hours.usedMinutes, hours.grantedMinutes)
  const withinTaken = Math.min(taken, hours.grantedMinutes)
  return {
    used: withinUsed / scale,
    planned: (withinTaken - withinUsed) / scale,
    left: Math.max(0, hours.leftMinutes) / scale,
    over: Math.max(0, -hours.leftMinutes) / scale,
    grantedMark: hours.grantedMinutes / scale
  }
}

export interface PeriodHours {
  readonly first: Day
  readonly usedMinutes: number
  readonly plannedMinutes: number
}

const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01` as Day

/** The grant period around `day`, as its first day and the first day of the one before. */
function periodOf(decision: Decision, day: Day): { first: Day; previous: Day } {
  if (decision.grantedPer === 'week') {
    const monday = mondayOf(day)
    return { first: monday, previous: addDays(monday, -7) }
  }
  const first = firstOfMonth(day)
  return { first, previous: firstOfMonth(addDays(first, -1)) }
}

/** Used and planned minutes of the latest grant periods, oldest first. A grant in one sum has one period only. */
export function latestPeriods(
  id: string,
  decision: Decision,
  visits: readonly Visit[],
  now: number,
  count: number
): PeriodHours[] {
  if (decision.grantedPer === 'total') return []
  const periods: PeriodHours[] = []
  let { first, previous } = periodOf(decision, dayAt(now))
  const firstGranted = periodOf(decision, decision.from).first
  while (periods.length < count && first >= firstGranted) {
    const { usedMinutes, plannedMinutes } = hoursOf(id, decision, visits, instantOf(first, 12))
    periods.unshift({ first, usedMinutes, plannedMinutes })
    ;({ first, previous } = periodOf(decision, previous))
  }
  return periods
}
