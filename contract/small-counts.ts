import { isExposed, type Hidden } from './exposure.ts'
import type { Peopled } from './place.ts'
import type { PlacedSum } from './placed-sum.ts'
import { fewestCustomers, type Figures, type Statistic, type ToldSum } from './statistics.ts'
import { minuteKinds, visitsIn, type Tally } from './tally.ts'

type Reason = NonNullable<Statistic['hidden']>

/** What is hidden of one month, and why. */
type Hiding<P extends Peopled> = Map<P, Reason>

/** A number that is told of each place that is not hidden, and the least that a hidden one can hold. */
interface Number<P extends Peopled> {
  readonly valueOf: (place: P) => number
  readonly lowest: (place: P) => number
}

const visitsTold: Number<Tally> = { valueOf: visitsIn, lowest: () => 1 }

/**
 * What of one month may be told: a pure function of that month, so that no choice of period, asked beside
 * another, tells more. A place with few clients is hidden, and so is every sum from which it, or a few
 * clients together, could be computed.
 */
export function tellMonth(month: readonly Tally[]): Statistic[] {
  const hidden = hide(month, visitsTold)
  const told = tellable(month, hidden)
  return month.map((place) => {
    const { organiser, product } = place
    const reason = hidden.get(place) ?? null
    const figures = reason ? null : figuresOf(place, isWhole(place, month, hidden) ? null : told)
    return { month: place.month, organiser, product, figures, hidden: reason }
  })
}

/** The same of one number; `least` is what any place with a client in it holds. */
export function tellSums(month: readonly PlacedSum[], least: 0 | 1): ToldSum[] {
  const hidden = hide(month, { valueOf: ({ amount }) => amount, lowest: () => least })
  return month.map((place) => {
    const reason = hidden.get(place) ?? null
    const { organiser, product, amount } = place
    return {
      month: place.month,
      organiser,
      product,
      amount: reason ? null : amount,
      hidden: reason
    }
  })
}

function hide<P extends Peopled>(month: readonly P[], number: Number<P>): Hiding<P> {
  const hidden: Hiding<P> = new Map()
  for (const place of month) if (place.customers < fewestCustomers) hidden.set(place, 'small')
  for (let sum = revealing(month, hidden, number); sum; sum = revealing(month, hidden, number))
    hidden.set(sum, 'covering')
  return hidden
}

const isSum = ({ organiser, product }: Peopled): boolean => organiser === null || product === null
const isTotal = ({ organiser, product }: Peopled): boolean => organiser === null && product === null

const cellsOf = <P extends Peopled>(sum: P, month: readonly P[]): P[] =>
  month.filter(
    (place) =>
      !isSum(place) &&
      (sum.organiser === null || sum.organiser === place.organiser) &&
      (sum.product === null || sum.product === place.product)
  )

/** Nothing beneath it is hidden, so it tells no more than its parts do. */
const isWhole = <P extends Peopled>(place: P, month: readonly P[], hidden: Hiding<P>): boolean =>
  cellsOf(place, month).every((cell) => !hidden.has(cell))

/** The next sum that has to be hidden, or none. */
function revealing<P extends Peopled>(
  month: readonly P[],
  hidden: Hiding<P>,
  number: Number<P>
): P | null {
  const open = month.filter(
    (place) => isSum(place) && !hidden.has(place) && !isWhole(place, month, hidden)
  )
  const pooling = open.find((sum) => leavesFew(sum, month, hidden))
  if (pooling) return pooling
  const exposed = exposedIn(month, hidden, number)
  if (exposed.length === 0) return null
  const near = open.filter((sum) =>
    exposed.some((one) => one.row === sum.organiser || one.column === sum.product)
  )
  const [weakest] = (near.length > 0 ? near : open).sort(
    (one, other) => Number(isTotal(one)) - Number(isTotal(other)) || one.customers - other.customers
  )
  if (!weakest) throw new Error('a month without sums exposes nothing')
  return weakest
}

/** Whether a sum, less what is shown of it, could be the sum of a few clients. */
function leavesFew<P extends Peopled>(sum: P, month: readonly P[], hidden: Hiding<P>): boolean {
  return divisionsOf(sum, month, hidden).some((parts) => {
    const shown = parts.filter((part) => !hidden.has(part))
    if (shown.length === parts.length) return false
    const counted = shown.reduce((customers, part) => customers + part.customers, 0)
    return sum.customers - counted < fewestCustomers
  })
}

/** What a sum is the sum of: its cells; of the total also its rows, or its columns, where they are shown. */
function divisionsOf<P extends Peopled>(sum: P, month: readonly P[], hidden: Hiding<P>): P[][] {
  if (!isTotal(sum)) return [cellsOf(sum, month)]
  const lines = (isLine: (place: P) => boolean) =>
    month
      .filter((place) => isSum(place) && !isTotal(place) && isLine(place))
      .flatMap((line) => (hidden.has(line) ? cellsOf(line, month) : [line]))
  return [lines(({ product }) => product === null), lines(({ organiser }) => organiser === null)]
}

/** The hidden places of which one number, at least `lowest`, follows from what is shown. */
function exposedIn<P extends Peopled>(
  month: readonly P[],
  hidden: Hiding<P>,
  { valueOf, lowest }: Number<P>
): Hidden[] {
  const places = month
    .filter((place) => hidden.has(place))
    .map((place) => ({
      row: place.organiser,
      column: place.product,
      mayFall: isSum(place) || valueOf(place) > lowest(place)
    }))
  return places.filter((place) => isExposed(place, places))
}

const missedIn = (place: Tally): number => visitsIn(place) - place.outcomes.completed

type TellablePart = 'completed' | (typeof minuteKinds)[number]

/** Which numbers, told of sums with something hidden beneath, still leave it open. */
function tellable(month: readonly Tally[], hidden: Hiding<Tally>): ReadonlySet<TellablePart> {
  const isSafe = (number: Number<Tally>) => exposedIn(month, hidden, number).length === 0
  const completedIn = (place: Tally) => place.outcomes.completed
  // Told together with the visits, the one is the other's complement, and both must stay open.
  const atLeastOne = (other: (place: Tally) => number) => (place: Tally) =>
    other(place) === 0 ? 1 : 0
  const told = new Set<TellablePart>()
  if (
    isSafe({ valueOf: completedIn, lowest: atLeastOne(missedIn) }) &&
    isSafe({ valueOf: missedIn, lowest: atLeastOne(completedIn) })
  )
    told.add('completed')
  for (const kind of minuteKinds)
    if (isSafe({ valueOf: (place) => place[kind], lowest: () => 0 })) told.add(kind)
  return told
}

/** Everything, or only what is in `told`. */
function figuresOf(place: Tally, told: ReadonlySet<TellablePart> | null): Figures {
  const tell = (part: TellablePart, value: number) =>
    told === null || told.has(part) ? value : null
  return {
    customers: told === null ? place.customers : null,
    visits: visitsIn(place),
    completed: tell('completed', place.outcomes.completed),
    outcomes: told === null ? { ...place.outcomes } : null,
    plannedMinutes: tell('plannedMinutes', place.plannedMinutes),
    actualMinutes: tell('actualMinutes', place.actualMinutes),
    billableMinutes: tell('billableMinutes', place.billableMinutes)
  }
}
