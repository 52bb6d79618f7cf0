import { monthsFrom, type Month } from '#contract/month.ts'
import type { Place } from '#contract/place.ts'
import type { Statistic } from '#contract/statistics.ts'

/** What the server tells of one place; a number is null where it may not be told. */
export interface Told<N extends string> extends Place {
  readonly numbers: Readonly<Record<N, number | null>>
  readonly customers: number | null
  readonly hidden: Statistic['hidden']
}

/** What is told of the places of some months. Of the numbers the first is told of every place that is not hidden. */
export interface ToldMonths<N extends string> {
  readonly names: readonly [N, ...N[]]
  readonly from: Month
  readonly until: Month
  readonly told: readonly Told<N>[]
}

/** What is told of one number. `isShort`: something that is hidden is missing from it. */
export interface Amount {
  readonly told: number
  readonly isShort: boolean
}

/** One line of the table: null where nothing may be told. */
export interface Line<N extends string> {
  readonly key: string
  readonly numbers: Readonly<Record<N, Amount | null>>
  /** Of one month only: who is there in two months is one client. */
  readonly customers: number | 'several-months' | null
  /** Why nothing at all is told. */
  readonly hidden: Statistic['hidden']
}

/** Null stands for all of them. */
export interface Filter {
  readonly organiser: string | null
  readonly product: string | null
}

export const breakdowns = ['month', 'organiser', 'product', 'both'] as const
export type Breakdown = (typeof breakdowns)[number]

/** Whatever is told of the parts; nothing when nothing is. */
function sumOf(amounts: readonly (Amount | null)[]): Amount | null {
  const told = amounts.filter((amount) => amount !== null)
  if (told.length === 0 && amounts.length > 0) return null
  return {
    told: told.reduce((sum, amount) => sum + amount.told, 0),
    isShort: told.length < amounts.length || told.some(({ isShort }) => isShort)
  }
}

export function sumLines<N extends string>(
  names: ToldMonths<N>['names'],
  key: string,
  lines: readonly Line<N>[]
): Line<N> {
  const numbers = recordOf(names, (name) => sumOf(lines.map((line) => line.numbers[name])))
  const reasons = lines.map(({ hidden }) => hidden)
  const [only] = lines
  return {
    key,
    numbers,
    customers: only === undefined ? 0 : lines.length === 1 ? only.customers : 'several-months',
    hidden: numbers[names[0]] ? null : reasons.includes('covering') ? 'covering' : 'small'
  }
}

const recordOf = <N extends string, V>(names: readonly N[], valueOf: (name: N) => V) =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<N, V>

const isIn = (place: Filter, { organiser, product }: Filter): boolean =>
  (organiser === null || place.organiser === organiser) &&
  (product === null || place.product === product)

const isCell = ({ organiser, product }: Filter): boolean => organiser !== null && product !== null

const isAt = (place: Filter, { organiser, product }: Filter): boolean =>
  place.organiser === organiser && place.product === product

/** One month of one place. What is not told of a sum is told of its parts, as far as they are shown. */
function lineOf<N extends string>(
  names: ToldMonths<N>['names'],
  key: string,
  month: readonly Told<N>[],
  filter: Filter
): Line<N> {
  const exact = month.find((place) => isAt(place, filter))
  if (!exact) return sumLines(names, key, [])
  const { hidden, customers } = exact
  const numbers = recordOf(names, (name): Amount | null => {
    const told = exact.numbers[name]
    return told === null ? null : { told, isShort: false }
  })
  if (hidden === 'small' || isCell(exact)) return { key, numbers, customers, hidden }
  const [one, other = one] = divisionsOf(month, filter).map((parts) =>
    sumLines(
      names,
      key,
      parts.map((part) => lineOf(names, key, month, part))
    )
  )
  const filled = recordOf(names, (name): Amount | null => {
    const parts = greater(one?.numbers[name] ?? null, other?.numbers[name] ?? null)
    return numbers[name] ?? (parts && { ...parts, isShort: true })
  })
  return { key, numbers: filled, customers, hidden: filled[names[0]] ? null : hidden }
}

const greater = (one: Amount | null, other: Amount | null): Amount | null =>
  one && other ? (one.told < other.told ? other : one) : (one ?? other)

/** An organiser is the sum of its products, a product of its organisers; all is the sum of either. */
function divisionsOf(month: readonly Filter[], { organiser, product }: Filter): Filter[][] {
  const organisers = month.filter((one) => one.organiser !== null && one.product === product)
  const products = month.filter((one) => one.product !== null && one.organiser === organiser)
  return [...(organiser === null ? [organisers] : []), ...(product === null ? [products] : [])]
}

const byMonth = <N extends string>(told: readonly Told<N>[]) =>
  Map.groupBy(told, ({ month }) => month)

/** Month by month, also those in which nothing happened. */
export function linesByMonth<N extends string>(
  { names, from, until, told }: ToldMonths<N>,
  filter: Filter
): Line<N>[] {
  const months = byMonth(told)
  return monthsFrom(from, until).map((month) =>
    lineOf(names, month, months.get(month) ?? [], filter)
  )
}

/** The whole period, by what is asked; each line is the sum of its months. */
export function linesBy<N extends string>(
  breakdown: Breakdown,
  months: ToldMonths<N>,
  filter: Filter
): (Line<N> & Filter)[] {
  if (breakdown === 'month')
    return linesByMonth(months, filter).map((line) => ({ ...line, ...filter }))
  const isWanted = (place: Filter) =>
    (place.organiser !== null) === (breakdown !== 'product' || filter.organiser !== null) &&
    (place.product !== null) === (breakdown !== 'organiser' || filter.product !== null)
  const places = new Map(
    months.told
      .filter((place) => isWanted(place) && isIn(place, filter))
      .map(({ organiser, product }) => [
        `${organiser ?? ''}/${product ?? ''}`,
        { organiser, product }
      ])
  )
  return [...places].map(([key, place]) => ({
    ...place,
    ...sumLines(months.names, key, linesOfMonths(months, place))
  }))
}

/** Months in which there is nothing of it add nothing, and hide nothing. */
function linesOfMonths<N extends string>(
  { names, told }: ToldMonths<N>,
  filter: Filter
): Line<N>[] {
  return [...byMonth(told)]
    .filter(([, month]) => month.some((place) => isAt(place, filter)))
    .map(([month, places]) => lineOf(names, month, places, filter))
}

export const sumOfPeriod = <N extends string>(months: ToldMonths<N>, filter: Filter): Line<N> =>
  sumLines(months.names, 'sum', linesOfMonths(months, filter))
