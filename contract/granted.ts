import { daysBetween, type Day } from './day.ts'
import type { Decision } from './decision.ts'
import { hoursSeries } from './hours.ts'
import { daysOf, monthOf, monthsFrom, type Month } from './month.ts'
import { placeAmounts, type PlacedSum } from './placed-sum.ts'

/**
 * What is granted in a month. A week that two months share is granted in the one in which it begins, or
 * in which the decision does: so the months of a decision grant each of its weeks, and each once. A grant
 * in one sum is there whole as long as the decision is valid.
 */
export function grantedIn(decision: Decision, month: Month): number {
  const { grantedPer, grantedMinutes, from, until } = decision
  if (grantedPer !== 'total') return byPeriods(decision, month).get(month) ?? 0
  const { first, last } = daysOf(month)
  return until < first || last < from ? 0 : grantedMinutes
}

/**
 * §6: the minutes that a decision grants in each month up to `through`, so that months can be added: those
 * of its weeks or months, and of a grant in one sum each day's even part.
 */
export function grantedByMonth(decision: Decision, through: Month): Map<Month, number> {
  return decision.grantedPer === 'total' ? byDays(decision, through) : byPeriods(decision, through)
}

function byPeriods(decision: Decision, through: Month): Map<Month, number> {
  const granted = new Map<Month, number>()
  const until = earlier(decision.until, daysOf(through).last)
  for (const { first, grantedMinutes } of hoursSeries('', { ...decision, until }, [], [])) {
    const month = monthOf(first < decision.from ? decision.from : first)
    granted.set(month, (granted.get(month) ?? 0) + grantedMinutes)
  }
  return granted
}

/** Rounded as a running sum: the months together are the grant, to the minute. */
function byDays({ from, until, grantedMinutes }: Decision, through: Month): Map<Month, number> {
  const granted = new Map<Month, number>()
  const days = daysBetween(from, until) + 1
  let before = 0
  for (const month of monthsFrom(monthOf(from), monthOf(earlier(until, daysOf(through).last)))) {
    const known = daysBetween(from, earlier(until, daysOf(month).last)) + 1
    const sum = Math.round((grantedMinutes * known) / days)
    granted.set(month, sum - before)
    before = sum
  }
  return granted
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other)

/**
 * One customership's part of what was granted, up to the month `through`. In the month in which it ends a
 * customership still has its grant, as its summary says; afterwards nothing is granted to anybody.
 */
export function tallyGrants(
  decisions: readonly Decision[],
  endDay: Day | null,
  through: Month
): PlacedSum[] {
  const last = endDay !== null && monthOf(endDay) < through ? monthOf(endDay) : through
  return placeAmounts(
    decisions.flatMap((decision) => {
      const { organiser, product } = decision
      return [...grantedByMonth(decision, last)].map(([month, amount]) => ({
        ...{ month, organiser, product, amount }
      }))
    })
  )
}
