import type { Month } from './month.ts'

/** Where something is counted: one month of one organiser and product; null stands for all of them. */
export interface Place {
  readonly month: Month
  readonly organiser: string | null
  readonly product: string | null
}

/** How many different customerships are counted there. */
export interface Peopled extends Place {
  readonly customers: number
}

export const placeName = ({ month, organiser, product }: Place): string =>
  `${month}/${organiser ?? ''}/${product ?? ''}`

/** One thing counts in four places: with its organiser and product, with either, and among all. */
export const placesOf = (month: Month, organiser: string, product: string): Place[] => [
  { month, organiser, product },
  { month, organiser, product: null },
  { month, organiser: null, product },
  { month, organiser: null, product: null }
]

export interface Summing<P extends Place> {
  add(places: Iterable<P>): void
  values(): P[]
}

/** Sums what tells of the same place bit by bit, so that whoever sums thousands may pause between. */
export function summing<P extends Place>(added: (sum: P, more: P) => P): Summing<P> {
  const sums = new Map<string, P>()
  return {
    add(places) {
      for (const place of places) {
        const name = placeName(place)
        const sum = sums.get(name)
        sums.set(name, sum ? added(sum, place) : place)
      }
    },
    values: () => [...sums.values()]
  }
}
