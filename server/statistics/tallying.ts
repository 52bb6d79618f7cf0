import { dayAt, type Day } from '#contract/day.ts'
import { tallyExpiring } from '#contract/expiring.ts'
import { tallyGrants } from '#contract/granted.ts'
import { addMonths, monthOf, type Month } from '#contract/month.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { placeName, type Place } from '#contract/place.ts'
import { summingAmounts, type PlacedSum } from '#contract/placed-sum.ts'
import { monthsAhead } from '#contract/statistics.ts'
import { noOutcomes, summingTallies, tallyVisits, type Tally } from '#contract/tally.ts'
import type { Clock } from '#server/clock.ts'
import { inTurns } from '#server/in-turns.ts'
import { digestOf } from '#server/keys/digest.ts'
import { Packing, type Packed } from '#server/store/packed.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Basis, Kept } from '#server/store/kept.ts'
import type { Store } from '#server/store/store.ts'

interface Terms {
  readonly rules: readonly OrganiserRule[]
  /** What is granted in months that are not there yet is not counted. */
  readonly through: Month
}

/** One customership's part of the statistics, or the sums of many. */
export interface Counted {
  readonly visits: readonly Tally[]
  readonly granted: readonly PlacedSum[]
  readonly expiring: readonly PlacedSum[]
}

/** With what those of every customership repeat, and nobody's. */
const packing = new Packing<Counted>({
  visits: [
    { month: '2000-01', organiser: '', product: '', customers: 1, outcomes: noOutcomes },
    { plannedMinutes: 0, actualMinutes: 0, billableMinutes: 0 }
  ],
  expiring: [{ month: '2000-01', organiser: '', product: null, customers: 1, amount: 1 }],
  granted: [{ month: '2000-02', organiser: null, product: null, customers: 1, amount: 2400 }]
})

const nothingCounted = packing.pack({ visits: [], granted: [], expiring: [] })

/** Counted anew when a customership changes, or when the rules do, or the month. */
export type Tallying = Pick<Kept<Packed<Counted>, Basis & Terms>, 'values'>

export async function readTerms(store: Store, today: Day): Promise<Terms> {
  const { organisation } = await store.organisation.read()
  return { rules: organisation?.rules ?? [], through: monthOf(today) }
}

export async function readCounted(
  reader: CustomershipReader,
  { rules, through }: Terms
): Promise<Counted> {
  const decisions = await reader.ofKind('decision')
  const statements = decisions.map(({ data }) => data)
  const { endDay } = reader.facts
  return {
    visits: tallyVisits(decisions, await reader.ofKind('visit'), rules),
    granted: tallyGrants(statements, endDay, through),
    expiring: tallyExpiring(statements, endDay)
  }
}

export function keepTallying(store: Store, clock: Clock): Tallying {
  return store.register.keep({
    async basis() {
      const terms = await readTerms(store, dayAt(clock.now()))
      return { stamp: digestOf(JSON.stringify(terms)), ...terms }
    },
    // GDPR Art. 18(2): what is restricted counts nowhere, until it is lifted.
    read: async (reader, terms) =>
      reader.facts.restrictedOn === null
        ? packing.pack(await readCounted(reader, terms))
        : nothingCounted
  })
}

export interface Span {
  readonly from: Month
  readonly until: Month
}

/** The months of which it is told what runs out. */
export function comingMonths(today: Day): Span {
  const from = monthOf(today)
  return { from, until: addMonths(from, monthsAhead - 1) }
}

/** Of those who are there and those who were: both months of a span belong to it. */
export async function sumCounted(
  store: Store,
  tallying: Tallying,
  past: Span,
  coming: Span
): Promise<Counted> {
  for (;;) {
    const live = await tallying.values()
    // Read in one commit: which are there, and what those who are no more have left.
    const { ids, left } = await store.register.transact(async () => ({
      ids: await store.register.ids(),
      left: await store.tallies.between(past.from, past.until)
    }))
    // One that is deleted meanwhile would count twice, or not at all: then it is read again.
    if (ids.length !== live.size || !ids.every((id) => live.has(id))) continue
    return addAll({ ...left, expiring: [] }, live, past, coming)
  }
}

async function addAll(
  left: Counted,
  live: ReadonlyMap<unknown, Packed<Counted>>,
  past: Span,
  coming: Span
): Promise<Counted> {
  const [visits, granted, expiring] = [summingTallies(), summingAmounts(), summingAmounts()]
  const add = (one: Counted) => {
    visits.add(one.visits.filter(isIn(past)))
    granted.add(one.granted.filter(isIn(past)))
    expiring.add(one.expiring.filter(isIn(coming)))
  }
  add(left)
  await inTurns([...live.values()], (one) => {
    add(packing.open(one))
  })
  return {
    visits: visits.values().sort(byName),
    granted: granted.values().sort(byName),
    expiring: expiring.values().sort(byName)
  }
}

const isIn =
  ({ from, until }: Span) =>
  ({ month }: Place): boolean =>
    from <= month && month <= until

/** The order tells nothing of who is still there. */
const byName = (one: Place, other: Place): number => (placeName(one) < placeName(other) ? -1 : 1)
