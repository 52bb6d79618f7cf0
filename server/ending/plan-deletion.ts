import type { Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'

export interface DueToday {
  /** Their end day is past: off the tablets, on the closing list. */
  readonly close: readonly CustomershipId[]
  /** §7: their deadline has come, whatever is open. */
  readonly delete: readonly CustomershipId[]
}

/** What the calendar alone demands. It decides and does nothing. */
export function planDeletion(customerships: readonly CustomershipFacts[], today: Day): DueToday {
  const isPast = ({ endDay }: CustomershipFacts) => endDay !== null && endDay < today
  const isDue = (facts: CustomershipFacts) =>
    isPast(facts) && facts.deleteBy !== null && facts.deleteBy <= today
  return {
    close: customerships
      .filter((facts) => facts.state === 'ending' && isPast(facts))
      .map(({ id }) => id),
    delete: customerships
      .filter((facts) => facts.state !== 'deleting' && isDue(facts))
      .map(({ id }) => id)
  }
}
