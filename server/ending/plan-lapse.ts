import { addDays, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'

export interface Lapse {
  readonly id: CustomershipId
  /** The last day of the last decision and the days of grace after it. */
  readonly endDay: Day
}

/** Whoever takes an ending back has so long, at least, to record the decision that it goes on by. */
const fewestDaysAfterResuming = 7

/** The last day before it ends by itself; `resumedOn`: when somebody last said that it goes on. */
export function lapseDayOf(lastDecisionDay: Day, lapseDays: number, resumedOn: Day | null): Day {
  const counted = addDays(lastDecisionDay, lapseDays)
  if (resumedOn === null) return counted
  const given = addDays(resumedOn, Math.max(lapseDays, fewestDaysAfterResuming))
  return given > counted ? given : counted
}

/**
 * §7: a customership is there for its decisions. When the last one has ended and none has followed for
 * `lapseDays`, it ends by itself, though nobody acts. It decides and does nothing.
 */
export function planLapse(
  customerships: readonly CustomershipFacts[],
  lastDecisionDays: ReadonlyMap<CustomershipId, Day>,
  resumedDays: ReadonlyMap<CustomershipId, Day>,
  today: Day,
  lapseDays: number
): Lapse[] {
  return customerships.flatMap(({ id, state, startDay }) => {
    const lastDay = lastDecisionDays.get(id)
    if (state !== 'active' || lastDay === undefined || lastDay >= today) return []
    const counted = lapseDayOf(lastDay, lapseDays, resumedDays.get(id) ?? null)
    const endDay = counted < startDay ? startDay : counted
    return endDay < today ? [{ id, endDay }] : []
  })
}
