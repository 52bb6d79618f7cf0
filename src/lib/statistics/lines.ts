import { monthsFrom } from '#contract/month.ts'
import type { Statistic, StatisticsAnswer } from '#contract/statistics.ts'
import { visitOutcomes, type VisitOutcome } from '#contract/tally.ts'

/** What is told of one number. `isShort`: something that is hidden is missing from it. */
export interface Amount {
  readonly told: number
  readonly isShort: boolean
}

const numberNames = [
  'visits',
  'completed',
  'missed',
  'plannedMinutes',
  'actualMinutes',
  'billableMinutes',
  ...visitOutcomes.filter((outcome) => outcome !== 'completed')
] as const
export type NumberName = (typeof numberNames)[number]

/** One line of the table: null where nothing may be told. */
export interface Line {
  readonly key: string
  readonly numbers: Readonly<Record<NumberName, Amount | null>>
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

const exactly = (told: number | null | undefined): Amount | null =>
  told === null || told === undefined ? null : { told, isShort: false }

function numbersOf({ figures }: Statistic): Line['numbers'] {
  const { visits, completed, outcomes } = figures ?? {}
  const missed =
    visits === undefined || completed === null || completed === undefined
      ? null
      : visits - completed
  const outcome = (name: VisitOutcome) => exactly(outcomes?.[name])
  return {
    visits: exactly(visits),
    completed: exactly(completed),
    missed: exactly(missed),
    plannedMinutes: exactly(figures?.plannedMinutes),
    actualMinutes: exactly(figures?.actualMinutes),
    billableMinutes: exactly(figures?.billableMinutes),
    'cancelled-in-time': outcome('cancelled-in-time'),
    'cancelled-late': outcome('cancelled-late'),
    'not-at-home': outcome('not-at-home'),
    'cancelled-by-provider': outcome('cancelled-by-provider')
  }
}

/** Whatever is told of the parts; nothing when nothing is. */
function sumOf(amounts: readonly (Amount | null)[]): Amount | null {
  const told = amounts.filter((amount) => amount !== null)
  if (told.length === 0 && amounts.length > 0) return null
  return {
    told: told.reduce((sum, amount) => sum + amount.told, 0),
    isShort: told.length < amounts.length || told.some(({ isShort }) => isShort)
  }
}

export function sumLines(key: string, lines: readonly Line[]): Line {
  const numbers = Object.fromEntries(
    numberNames.map((name) => [name, sumOf(lines.map((line) => line.numbers[name]))])
  ) as Line['numbers']
  const reasons = lines.map(({ hidden }) => hidden)
  const [only] = lines
  return {
    key,
    numbers,
    customers: only === undefined ? 0 : lines.length === 1 ? only.customers : 'several-months',
    hidden: numbers.visits ? null : reasons.includes('covering') ? 'covering' : 'small'
  }
}

const isIn = (statistic: Statistic, { organiser, product }: Filter): boolean =>
  (organiser === null || statistic.organiser === organiser) &&
  (product === null || statistic.product === product)

const isCell = ({ organiser, product }: Statistic): boolean =>
  organiser !== null && product !== null

/** One month of one place. What is not told of a sum is told of its parts, as far as they are shown. */
function lineOf(key: string, month: readonly Statistic[], filter: Filter): Line {
  const { organiser, product } = filter
  const exact = month.find((one) => one.organiser === organiser && one.product === product)
  if (!exact) return sumLines(key, [])
  const numbers = numbersOf(exact)
  const { hidden } = exact
  const customers = exact.figures?.customers ?? null
  if (hidden === 'small' || isCell(exact)) return { key, numbers, customers, hidden }
  const [one, other = one] = divisionsOf(month, filter).map((parts) =>
    sumLines(
      key,
      parts.map((part) => lineOf(key, month, part))
    )
  )
  const filled = Object.fromEntries(
    numberNames.map((name) => {
      const parts = greater(one?.numbers[name] ?? null, other?.numbers[name] ?? null)
      return [name, numbers[name] ?? (parts && { ...parts, isShort: true })]
    })
  ) as Line['numbers']
  return { key, numbers: filled, customers, hidden: filled.visits ? null : hidden }
}

const greater = (one: Amount | null, other: Amount | null): Amount | null =>
  one && other ? (one.told < other.told ? other : one) : (one ?? other)

/** An organiser is the sum of its products, a product of its organisers; all is the sum of either. */
function divisionsOf(month: readonly Statistic[], { organiser, product }: Filter): Filter[][] {
  const organisers = month.filter((one) => one.organiser !== null && one.product === product)
  const products = month.filter((one) => one.product !== null && one.organiser === organiser)
  return [...(organiser === null ? [organisers] : []), ...(product === null ? [products] : [])]
}

/** Month by month, also those in which nothing happened. */
export function linesByMonth(
  { from, until, statistics }: StatisticsAnswer,
  filter: Filter
): Line[] {
  const months = Map.groupBy(statistics, ({ month }) => month)
  return monthsFrom(from, until).map((month) => lineOf(month, months.get(month) ?? [], filter))
}

/** The whole period, by what is asked; each line is the sum of its months. */
export function linesBy(
  breakdown: Breakdown,
  answer: StatisticsAnswer,
  filter: Filter
): readonly (Line & Filter)[] {
  if (breakdown === 'month')
    return linesByMonth(answer, filter).map((line) => ({ ...line, ...filter }))
  const isWanted = (one: Statistic) =>
    (one.organiser !== null) === (breakdown !== 'product' || filter.organiser !== null) &&
    (one.product !== null) === (breakdown !== 'organiser' || filter.product !== null)
  const names = new Map(
    answer.statistics
      .filter((one) => isWanted(one) && isIn(one, filter))
      .map(({ organiser, product }) => [
        `${organiser ?? ''}/${product ?? ''}`,
        { organiser, product }
      ])
  )
  return [...names].map(([key, named]) => ({
    ...named,
    ...sumLines(key, linesOfMonths(answer, named))
  }))
}

/** Months without a visit of it add nothing, and hide nothing. */
function linesOfMonths(answer: StatisticsAnswer, named: Filter): Line[] {
  const months = Map.groupBy(answer.statistics, ({ month }) => month)
  return [...months]
    .filter(([, month]) =>
      month.some((one) => one.organiser === named.organiser && one.product === named.product)
    )
    .map(([month, statistics]) => lineOf(month, statistics, named))
}

export const sumOfPeriod = (answer: StatisticsAnswer, filter: Filter): Line =>
  sumLines('sum', linesOfMonths(answer, filter))
