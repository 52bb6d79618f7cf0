import { countVisits } from './counted-visit.ts'
import { addDays, dayAt, daysBetween, mondayOf, type Day } from './day.ts'
import type { Decision } from './decision.ts'
import type { OrganiserRule } from './organiser-rule.ts'
import type { Visit } from './visit.ts'

/** §6: what is granted, used, planned and left, the same at the office and on a tablet without a network. */
export interface Hours {
  readonly grantedMinutes: number
  /** Billable minutes of what has been held, or was cancelled too late. */
  readonly usedMinutes: number
  /** What is still planned, counted as it would be billed. */
  readonly plannedMinutes: number
  /** Negative when more was used or planned than granted: shown, never hidden and never refused. */
  readonly leftMinutes: number
}

/** Hours of one week, month or whole decision; both days belong to it. */
export interface PeriodHours extends Hours {
  readonly first: Day
  readonly last: Day
}

export interface Period {
  readonly first: Day
  readonly last: Day
}

/** A decision with what is debited from it. */
export interface Debited {
  readonly id: string
  readonly decision: Decision
  readonly visits: readonly Visit[]
}

/** The period of the grant that `day` falls in. A grant in one sum has one, from first to last day. */
export function periodAround(decision: Decision, day: Day): Period {
  if (decision.grantedPer === 'total') return { first: decision.from, last: decision.until }
  if (decision.grantedPer === 'week') {
    const monday = mondayOf(day)
    return { first: monday, last: addDays(monday, 6) }
  }
  const first = `${day.slice(0, 7)}-01` as Day
  return { first, last: addDays(`${addDays(first, 31).slice(0, 7)}-01` as Day, -1) }
}

interface Taken {
  used: number
  planned: number
}

/** What was taken, by the first day of the period that it falls in. */
function takenByPeriod(
  { id, decision, visits }: Debited,
  rules: readonly OrganiserRule[]
): Map<Day, Taken> {
  const taken = new Map<Day, Taken>()
  for (const counted of countVisits(id, decision, visits, rules)) {
    const { first } = periodAround(decision, counted.day)
    const sum = taken.get(first) ?? { used: 0, planned: 0 }
    sum.used += counted.billableMinutes
    sum.planned += counted.expectedMinutes
    taken.set(first, sum)
  }
  return taken
}

function hoursIn(decision: Decision, period: Period, taken: Taken | undefined): PeriodHours {
  const isValid = period.first <= decision.until && decision.from <= period.last
  const grantedMinutes = isValid ? decision.grantedMinutes : 0
  const { used = 0, planned = 0 } = taken ?? {}
  return {
    ...period,
    grantedMinutes,
    usedMinutes: used,
    plannedMinutes: planned,
    leftMinutes: grantedMinutes - used - planned
  }
}

/** The hours of the grant period that holds `now`. */
export function hoursOf(
  id: string,
  decision: Decision,
  visits: readonly Visit[],
  now: number,
  rules: readonly OrganiserRule[]
): PeriodHours {
  const period = periodAround(decision, dayAt(now))
  const taken = takenByPeriod({ id, decision, visits }, rules)
  return hoursIn(decision, period, taken.get(period.first))
}

/**
 * Every period of the decision, oldest first; and what was recorded against it outside its validity,
 * where nothing is granted. So the sum of the periods is the sum of the visits.
 */
export function hoursSeries(
  id: string,
  decision: Decision,
  visits: readonly Visit[],
  rules: readonly OrganiserRule[]
): PeriodHours[] {
  const taken = takenByPeriod({ id, decision, visits }, rules)
  const periods: PeriodHours[] = []
  const outside = new Set(
    [...taken].flatMap(([first, sum]) => (sum.used + sum.planned > 0 ? first : []))
  )
  for (let day = decision.from; day <= decision.until;) {
    const period = periodAround(decision, day)
    periods.push(hoursIn(decision, period, taken.get(period.first)))
    outside.delete(period.first)
    day = addDays(period.last, 1)
  }
  for (const first of outside)
    periods.push(hoursIn(decision, periodAround(decision, first), taken.get(first)))
  return periods.sort((one, other) => one.first.localeCompare(other.first))
}

/**
 * The same for drawing: period by period, and a grant in one sum as what has been taken of it by the end
 * of each month.
 */
export function hoursOverTime(
  id: string,
  decision: Decision,
  visits: readonly Visit[],
  rules: readonly OrganiserRule[]
): PeriodHours[] {
  if (decision.grantedPer !== 'total') return hoursSeries(id, decision, visits, rules)
  const { grantedMinutes } = decision
  let usedMinutes = 0
  let plannedMinutes = 0
  return hoursSeries(id, { ...decision, grantedPer: 'month' }, visits, rules).map((month) => {
    usedMinutes += month.usedMinutes
    plannedMinutes += month.plannedMinutes
    const leftMinutes = grantedMinutes - usedMinutes - plannedMinutes
    const { first, last } = month
    return { first, last, grantedMinutes, usedMinutes, plannedMinutes, leftMinutes }
  })
}

/**
 * The periods in which more is taken than granted, and more so than before: what to say before a visit
 * is planned or a grant cut. An overrun that the change does not touch asks nobody anything.
 */
export function hoursBeyond(
  rules: readonly OrganiserRule[],
  after: Debited,
  before?: Debited
): PeriodHours[] {
  const former = new Map(
    before?.decision.grantedPer === after.decision.grantedPer
      ? hoursSeries(before.id, before.decision, before.visits, rules).map((period) => [
          period.first,
          period.leftMinutes
        ])
      : []
  )
  return hoursSeries(after.id, after.decision, after.visits, rules).filter(
    ({ first, leftMinutes }) => leftMinutes < Math.min(0, former.get(first) ?? 0)
  )
}

/** `over` is never hidden; `low` and `ending` come while something can still be done. */
export type HoursWarning = 'over' | 'low' | 'ending'

const lowShare = 0.8
const endingDays = 30

/** What to warn of on `today`, of a decision that is in force. */
export function warningsOf(decision: Decision, hours: Hours, today: Day): HoursWarning[] {
  if (today < decision.from || today > decision.until) return []
  const taken = hours.usedMinutes + hours.plannedMinutes
  const warnings: HoursWarning[] = []
  if (taken > hours.grantedMinutes) warnings.push('over')
  else if (taken > 0 && taken >= hours.grantedMinutes * lowShare) warnings.push('low')
  if (daysBetween(today, decision.until) <= endingDays) warnings.push('ending')
  return warnings
}
