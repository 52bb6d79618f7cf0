import type { Month } from './month.ts'
import { placesOf, summing, type Peopled, type Summing } from './place.ts'

/** One number of a place: minutes that were granted there, or decisions that run out there. */
export interface PlacedSum extends Peopled {
  readonly amount: number
}

/** A part of such a number, before it is counted in its four places. */
export interface Amount {
  readonly month: Month
  readonly organiser: string
  readonly product: string
  readonly amount: number
}

/** Sums those of many customerships. */
export const summingAmounts = (): Summing<PlacedSum> =>
  summing((sum, { customers, amount }) => ({
    ...sum,
    customers: sum.customers + customers,
    amount: sum.amount + amount
  }))

/** One customership's part: no id and no day is in it. */
export function placeAmounts(amounts: readonly Amount[]): PlacedSum[] {
  const sums = summingAmounts()
  for (const { month, organiser, product, amount } of amounts)
    sums.add(
      placesOf(month, organiser, product).map((place) => ({ ...place, customers: 1, amount }))
    )
  return sums.values().map((sum) => ({ ...sum, customers: 1 }))
}
