import { addDays, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipFacts } from '#server/store/register.ts'

export interface Lapse {
  readonly id: CustomershipId
  /** The last day of the last decision and the days of grace after it. */
  readonly endDay: Day
}

/**
 * §7: a customership is there for its decisions. When the last one has ended and none has followed for
 * `lapseDays`, it ends by itself, though nobody acts. It decides and does nothing.
 */
export function planLapse(
  customerships: readonly CustomershipFacts[],
  lastDecisionDays: ReadonlyMap<CustomershipId, Day>,
  today: Day,
  lapseDays: number
): Lapse[] {
  return customerships.flatMap(({ id, state, startDay }) => {
    const lastDay = lastDecisionDays.get(id)
    if (state !== 'active' || lastDay === undefined || lastDay >= today) return []
    const counted = addDays(lastDay, lapseDays)
    const endDay = counted < startDay ? startDay : counted
    return endDay < today ? [{ id, endDay }] : []
  })
}
