import { countVisits, type CountedVisit } from '#contract/counted-visit.ts'
import type { Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { grantedIn } from '#contract/granted.ts'
import { periodAround } from '#contract/hours.ts'
import type { EntryId } from '#contract/id.ts'
import { daysOf, monthOf, type Month } from '#contract/month.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import type { DecisionFigures, Overrun, SummaryRow } from '#contract/summary-figures.ts'
import { visitOutcomeSchema } from '#contract/tally.ts'
import type { Visit } from '#contract/visit.ts'

interface Named<T> {
  readonly id: EntryId
  readonly data: T
}

const sumOf = (counted: readonly CountedVisit[], of: (one: CountedVisit) => number): number =>
  counted.reduce((sum, one) => sum + of(one), 0)

/**
 * §10: the hours of one decision in one month, as they were when the month was over: a visit of a later
 * month changes nothing of it. A visit belongs whole to the day, and so to the month, in which it begins.
 */
export function decisionFigures(
  { id, data: decision }: Named<Decision>,
  visits: readonly Named<Visit>[],
  month: Month,
  rules: readonly OrganiserRule[]
): DecisionFigures {
  const { last } = daysOf(month)
  const ids = new Map(visits.map((visit) => [visit.data, visit.id]))
  const all = visits.map(({ data }) => data)
  const known = countVisits(id, decision, all, rules).filter(({ day }) => day <= last)
  const held = known.filter(({ day }) => monthOf(day) === month)
  const monthMinutes = sumOf(held, (one) => one.billableMinutes)
  const cumulativeMinutes = sumOf(known, (one) => one.billableMinutes)
  const isInOneSum = decision.grantedPer === 'total'
  const grantedMinutes = isInOneSum ? decision.grantedMinutes : grantedIn(decision, month)
  const usedMinutes = isInOneSum
    ? cumulativeMinutes
    : sumOf(
        known.filter(({ day }) => monthOfGrant(decision, day) === month),
        (one) => one.billableMinutes
      )
  const { number, product, funding, from, until, grantedPer } = decision
  return {
    decision: id,
    ...(number === undefined ? {} : { number }),
    ...{ product, funding, from, until, grantedPer },
    rows: held.flatMap((one) => rowOf(one, ids)).sort(byTime),
    grantedMinutes,
    plannedMinutes: sumOf(held.filter(isOver), (one) => one.plannedMinutes),
    actualMinutes: sumOf(held.filter(isOver), (one) => one.actualMinutes),
    monthMinutes,
    cumulativeMinutes,
    leftMinutes: grantedMinutes - usedMinutes,
    overruns: overrunsIn(decision, known, month)
  }
}

const isOver = ({ visit }: CountedVisit): boolean =>
  visitOutcomeSchema.safeParse(visit.state).success

function rowOf(counted: CountedVisit, ids: ReadonlyMap<Visit, EntryId>): SummaryRow[] {
  const { visit, day, plannedMinutes, actualMinutes, billableMinutes } = counted
  const outcome = visitOutcomeSchema.safeParse(visit.state)
  const id = ids.get(visit)
  if (!outcome.success || !id) return []
  // Of a visit that was not held the tablet's time is when somebody wrote it down.
  const isHeld = visit.state === 'completed'
  const [startedAt, endedAt] = isHeld
    ? [visit.startedAt, visit.endedAt]
    : [visit.plannedStart, visit.plannedEnd]
  return [
    {
      visit: id,
      day,
      ...(startedAt ? { startedAt } : {}),
      ...(endedAt ? { endedAt } : {}),
      ...{ plannedMinutes, actualMinutes, billableMinutes },
      worker: visit.worker,
      outcome: outcome.data
    }
  ]
}

const byTime = (one: SummaryRow, other: SummaryRow): number =>
  one.day.localeCompare(other.day) ||
  (one.startedAt ?? '').localeCompare(other.startedAt ?? '') ||
  one.visit.localeCompare(other.visit)

/** The month whose grant a day takes from: that of its own week's; its own, where nothing is granted. */
function monthOfGrant(decision: Decision, day: Day): Month {
  const { first, last } = periodAround(decision, day)
  const { from, until } = decision
  if (last < from || until < first) return monthOf(day)
  return monthOf(first < from ? from : first)
}

/** §6: the weeks, the month or the whole grant that the month overran, as far as it had come by then. */
function overrunsIn(decision: Decision, known: readonly CountedVisit[], month: Month): Overrun[] {
  const used = new Map<Day, Overrun>()
  for (const { day, billableMinutes } of known) {
    const { first, last } = periodAround(decision, day)
    const isValid = first <= decision.until && decision.from <= last
    const grantedMinutes = isValid ? decision.grantedMinutes : 0
    const sum = used.get(first) ?? { first, last, grantedMinutes, usedMinutes: 0 }
    used.set(first, { ...sum, usedMinutes: sum.usedMinutes + billableMinutes })
  }
  const touched = new Set(
    known
      .filter(({ day, billableMinutes }) => monthOf(day) === month && billableMinutes > 0)
      .map(({ day }) => periodAround(decision, day).first)
  )
  return [...used.values()]
    .filter(({ first, usedMinutes, grantedMinutes }) => {
      return touched.has(first) && usedMinutes > grantedMinutes
    })
    .sort((one, other) => one.first.localeCompare(other.first))
}
