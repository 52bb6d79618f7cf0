import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Month } from './month.ts'
import { placeAmounts, summingAmounts, type PlacedSum } from './placed-sum.ts'
import { tellMonth, tellSums } from './small-counts.ts'
import type { Figures, Statistic, ToldSum } from './statistics.ts'
import { addTallies, noOutcomes, visitsIn, type Tally } from './tally.ts'

const month = '2026-11' as Month

interface Served {
  readonly organiser: number
  readonly product: number
  readonly completed: number
  readonly missed: number
  readonly minutes: number
}

/** One client's month as it is counted: in its own places, and in the sums. */
function placesOf(client: readonly Served[]): Tally[] {
  const tallies = client.flatMap(({ organiser, product, completed, missed, minutes }) => {
    const counts = {
      customers: 1,
      outcomes: { ...noOutcomes, completed, 'not-at-home': missed },
      plannedMinutes: 60 * (completed + missed),
      actualMinutes: minutes,
      billableMinutes: minutes
    }
    const [row, column] = [`organiser-${organiser}`, `product-${product}`]
    return [
      { month, organiser: row, product: column, ...counts },
      { month, organiser: row, product: null, ...counts },
      { month, organiser: null, product: column, ...counts },
      { month, organiser: null, product: null, ...counts }
    ]
  })
  return addTallies(tallies).map((tally) => ({ ...tally, customers: 1 }))
}

const served = fc
  .record({
    organiser: fc.nat(2),
    product: fc.nat(2),
    completed: fc.nat(2),
    missed: fc.nat(1),
    minutes: fc.constantFrom(0, 0, 45, 90)
  })
  .filter(({ completed, missed }) => completed + missed > 0)

/** Few places and enough clients, so that every month is near the limit somewhere. */
const clients = fc.array(fc.array(served, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 40
})

type Place = Pick<Statistic, 'organiser' | 'product'>
const isCell = ({ organiser, product }: Place) => organiser !== null && product !== null
const isIn = (cell: Place, sum: Place) =>
  (sum.organiser === null || sum.organiser === cell.organiser) &&
  (sum.product === null || sum.product === cell.product)

interface Number {
  readonly name: string
  readonly truth: (place: Tally) => number
  readonly told: (figures: Figures) => number | null
  readonly least: (place: Tally) => number
}

/** What a reader sees of a place, or does not: of one number. */
interface Seen extends Place {
  readonly truth: number
  readonly least: number
  readonly isHidden: boolean
  readonly isTold: boolean
}

const missed = (place: Tally) => visitsIn(place) - place.outcomes.completed
/** Whatever a reader can put together of each place. */
const numbers: readonly Number[] = [
  { name: 'visits', truth: visitsIn, told: ({ visits }) => visits, least: () => 1 },
  {
    name: 'completed',
    truth: ({ outcomes }) => outcomes.completed,
    told: ({ completed }) => completed,
    least: (place) => (missed(place) === 0 ? 1 : 0)
  },
  {
    name: 'missed',
    truth: missed,
    told: ({ visits, completed }) => (completed === null ? null : visits - completed),
    least: (place) => (place.outcomes.completed === 0 ? 1 : 0)
  },
  ...(['plannedMinutes', 'actualMinutes', 'billableMinutes'] as const).map((kind) => ({
    name: kind,
    truth: (place: Tally) => place[kind],
    told: (figures: Figures) => figures[kind],
    least: () => 0
  }))
]

/** Every way in which each of `length` places holds one less, the same or one more. */
function* changes(length: number): Generator<readonly number[]> {
  if (length === 0) yield []
  else for (const rest of changes(length - 1)) for (const step of [-1, 0, 1]) yield [step, ...rest]
}

/** The hidden places that can hold no other number without a shown one changing: found by trying. */
function exposedAmong(places: readonly Seen[]): Seen[] {
  const hidden = places.filter(({ isHidden }) => isHidden)
  const cells = hidden.filter(isCell)
  const told = places.filter(({ isTold }) => isTold)
  const sumIn = (sum: Place, steps: readonly number[]) =>
    cells.reduce((total, cell, index) => total + (isIn(cell, sum) ? (steps[index] ?? 0) : 0), 0)
  const open = new Set<Seen>()
  for (const steps of changes(cells.length)) {
    const isPossible = cells.every(
      ({ truth, least }, index) => truth + (steps[index] ?? 0) >= least
    )
    if (!isPossible || told.some((sum) => sumIn(sum, steps) !== 0)) continue
    for (const place of hidden) if (sumIn(place, steps) !== 0) open.add(place)
    if (open.size === hidden.length) break
  }
  return hidden.filter((place) => !open.has(place))
}

const seenOf = (places: readonly Tally[], told: readonly Statistic[], number: Number): Seen[] =>
  places.map((place, index) => {
    const figures = told[index]?.figures ?? null
    return {
      organiser: place.organiser,
      product: place.product,
      truth: number.truth(place),
      least: number.least(place),
      isHidden: figures === null,
      isTold: figures !== null && number.told(figures) !== null
    }
  })

test('no set of shown numbers leaves a hidden place only one value', () => {
  fc.assert(
    fc.property(clients, (all) => {
      const places = addTallies(all.flatMap(placesOf))
      const told = tellMonth(places)
      for (const number of numbers) {
        const exposed = exposedAmong(seenOf(places, told, number))
        expect([number.name, exposed]).toEqual([number.name, []])
      }
    }),
    { numRuns: 150 }
  )
})

test('what a sum adds to the shown places beneath it is nobody, or at least five clients', () => {
  fc.assert(
    fc.property(clients, (all) => {
      const places = addTallies(all.flatMap(placesOf))
      const told = tellMonth(places)
      const hiddenIn = (isWanted: (place: Place) => boolean) => {
        const cells = told.filter((one) => isCell(one) && one.hidden && isWanted(one))
        return all.filter((client) =>
          placesOf(client).some((place) =>
            cells.some(
              ({ organiser, product }) => place.organiser === organiser && place.product === product
            )
          )
        ).length
      }
      const shownLines = told.filter(({ figures }) => figures)
      for (const sum of shownLines) {
        const few = [hiddenIn((cell) => isIn(cell, sum))]
        if (sum.organiser === null && sum.product === null)
          for (const line of ['organiser', 'product'] as const) {
            const lines = shownLines.filter((one) => one !== sum && one[line] === null)
            few.push(hiddenIn((cell) => !lines.some((one) => isIn(cell, one))))
          }
        for (const count of few) expect(count === 0 || count >= 5).toBe(true)
      }
    }),
    { numRuns: 300 }
  )
})

test('nothing is told of a place with fewer than five clients, and everything of any other', () => {
  fc.assert(
    fc.property(clients, (all) => {
      const places = addTallies(all.flatMap(placesOf))
      for (const [index, { figures, hidden, ...named }] of tellMonth(places).entries()) {
        const place = places[index]
        expect(place).toMatchObject(named)
        if ((place?.customers ?? 0) < 5) expect([figures, hidden]).toEqual([null, 'small'])
        else if (isCell(named))
          expect(figures).toMatchObject({
            customers: place?.customers,
            outcomes: place?.outcomes,
            billableMinutes: place?.billableMinutes
          })
      }
    })
  )
})

/** One client's grants, or decisions that run out, and the sums of many clients'. */
const sumsOf = (all: readonly (readonly Served[])[], amountOf: (one: Served) => number) => {
  const sums = summingAmounts()
  for (const client of all)
    sums.add(
      placeAmounts(
        client.map((one) => ({
          ...{ month, organiser: `organiser-${one.organiser}`, product: `product-${one.product}` },
          amount: amountOf(one)
        }))
      )
    )
  return sums.values()
}

const oneNumber = [
  ['minutes that were granted, which may be none', 0, ({ minutes }: Served) => minutes],
  ['decisions that run out, of which each is one', 1, () => 1]
] as const

describe.each(oneNumber)('of %s', (_what, least, amountOf) => {
  test('no set of shown sums leaves a hidden place only one value, and no small one is shown', () => {
    fc.assert(
      fc.property(clients, (all) => {
        const places = sumsOf(all, amountOf)
        const told = tellSums(places, least)
        for (const [index, { amount, hidden }] of told.entries()) {
          const { customers = 0, amount: truth } = places[index] ?? {}
          if (customers < 5) expect([amount, hidden]).toEqual([null, 'small'])
          else if (amount !== null) expect([amount, hidden]).toEqual([truth, null])
          else expect(hidden).toBe('covering')
        }
        expect(exposedAmong(seenSums(places, told, least))).toEqual([])
      }),
      { numRuns: 150 }
    )
  })

  test('what a sum adds to the shown places beneath it is nobody, or at least five clients', () => {
    fc.assert(
      fc.property(clients, (all) => {
        const told = tellSums(sumsOf(all, amountOf), least)
        const small = told.filter((one) => isCell(one) && one.hidden)
        for (const sum of told.filter(({ amount }) => amount !== null)) {
          const beneath = all.filter((client) =>
            sumsOf([client], amountOf).some(
              (place) => isCell(place) && isIn(place, sum) && small.some((one) => isIn(place, one))
            )
          )
          expect(beneath.length === 0 || beneath.length >= 5).toBe(true)
        }
      }),
      { numRuns: 200 }
    )
  })
})

const seenSums = (places: readonly PlacedSum[], told: readonly ToldSum[], least: number): Seen[] =>
  places.map(({ organiser, product, amount }, index) => {
    const isHidden = told[index]?.amount === null
    return { organiser, product, truth: amount, least, isHidden, isTold: !isHidden }
  })

const one = (organiser: number, product: number, visits = 2): Served[] => [
  { organiser, product, completed: visits, missed: 1, minutes: 45 * visits }
]
const times = (count: number, client: Served[]): Served[][] => Array<Served[]>(count).fill(client)

function toldOf(all: readonly Served[][]): Record<string, string | number> {
  const told = tellMonth(addTallies(all.flatMap(placesOf)))
  return Object.fromEntries(
    told.map(({ organiser, product, figures, hidden }) => [
      `${organiser?.at(-1) ?? '*'}${product?.at(-1) ?? '*'}`,
      figures?.visits ?? hidden ?? ''
    ])
  )
}

test('one small place takes its own sums with it, and leaves the others', () => {
  const all = [...times(8, one(0, 0)), ...times(2, one(0, 1)), ...times(6, one(1, 0))]
  expect(toldOf(all)).toEqual({
    '00': 24,
    '01': 'small',
    '10': 18,
    '0*': 'covering',
    '1*': 18,
    '*0': 42,
    '*1': 'small',
    '**': 'covering'
  })
})

test('many small places still have sums, when none of them follows from those', () => {
  const all = [0, 1].flatMap((row) => [0, 1, 2].flatMap((column) => times(3, one(row, column))))
  expect(toldOf(all)).toEqual({
    ...{ '00': 'small', '01': 'small', '02': 'small', '10': 'small', '11': 'small', '12': 'small' },
    ...{ '0*': 27, '1*': 27, '*0': 18, '*1': 18, '*2': 18, '**': 54 }
  })
})

test('two small places are not told together either', () => {
  const all = [...times(9, one(0, 0)), ...one(0, 1).map((each) => [each]), ...times(2, one(0, 2))]
  expect(toldOf(all)).toMatchObject({ '00': 27, '0*': 'covering', '**': 'covering' })
})

test('a client with two products is one client', () => {
  const both = [...one(0, 0), ...one(0, 1)]
  expect(toldOf(times(4, both))).toMatchObject({ '0*': 'small', '**': 'small' })
})
