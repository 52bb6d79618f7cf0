import { addDays, type Day } from './day.ts'
import type { Decision } from './decision.ts'
import { monthOf } from './month.ts'
import { placeAmounts, type PlacedSum } from './placed-sum.ts'

/** The service goes on by the other decision without a day between. */
const follows = (other: Decision, { product, until }: Decision): boolean =>
  other.product === product && other.from <= addDays(until, 1) && other.until > until

/** The decisions of one customership after which its service does not go on: somebody has to ask for the next. */
export const withoutNext = (decisions: readonly Decision[]): Decision[] =>
  decisions.filter((decision) => !decisions.some((other) => follows(other, decision)))

/** One customership's part of what runs out, by month; of one that ends, nothing is to go on. */
export function tallyExpiring(decisions: readonly Decision[], endDay: Day | null): PlacedSum[] {
  if (endDay !== null) return []
  return placeAmounts(
    withoutNext(decisions).map(({ until, organiser, product }) => ({
      ...{ month: monthOf(until), organiser, product, amount: 1 }
    }))
  )
}
