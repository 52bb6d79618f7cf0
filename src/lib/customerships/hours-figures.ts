import { dayAt, instantOf, type Day } from '#contract/day.ts'
import type { Decision, GrantPeriod } from '#contract/decision.ts'
import type { Hours, PeriodHours } from '#contract/hours.ts'

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

/** Periods that fit beside each other and can still be read. */
const shownPeriods = 12
const periodsAhead = 2

/** What is drawn: the latest periods until now, and those ahead in which something is planned, or the next two. */
export function drawnPeriods(
  periods: readonly PeriodHours[],
  per: GrantPeriod,
  today: Day
): PeriodHours[] {
  const current = periods.findLastIndex(({ first }) => first <= today)
  const planned = lastEventful(periods, per)
  const last = Math.min(
    periods.length,
    Math.max(current + 1 + periodsAhead, Math.min(planned + 1, current + 1 + shownPeriods / 2))
  )
  return periods.slice(Math.max(0, last - shownPeriods), last)
}

/** What the table tells: all until the last one in which something happens, so that no empty years follow. */
export function toldPeriods(
  periods: readonly PeriodHours[],
  per: GrantPeriod,
  today: Day
): PeriodHours[] {
  const current = periods.findLastIndex(({ first }) => first <= today)
  return periods.slice(0, Math.max(current, lastEventful(periods, per)) + 1)
}

/** The last in which something is taken; of a growing sum, the last in which it grows. */
function lastEventful(periods: readonly PeriodHours[], per: GrantPeriod): number {
  const taken = periods.map(({ usedMinutes, plannedMinutes }) => usedMinutes + plannedMinutes)
  return taken.findLastIndex(
    (minutes, index) => minutes > (per === 'total' ? (taken[index - 1] ?? 0) : 0)
  )
}

/** Hours of the period that matters now: the first before the decision begins, the last after it has ended. */
export function currentInstant(decision: Decision, now: number): number {
  const today = dayAt(now)
  if (today < decision.from) return instantOf(decision.from)
  return today > decision.until ? instantOf(decision.until) : now
}
