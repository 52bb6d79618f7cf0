import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Month } from './month.ts'
import { tellMonth } from './small-counts.ts'
import type { Figures, Statistic } from './statistics.ts'
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

/** The hidden places that can be another number without a single shown one changing: found by trying. */
function openPlaces(places: readonly Tally[], told: readonly Statistic[], number: Number) {
  const cells = places.filter((place, index) => isCell(place) && told[index]?.hidden)
  const shown = told.filter(({ figures }) => figures && number.told(figures) !== null)
  const hidden = told.filter(({ figures }) => figures === null)
  const sumIn = (sum: Place, steps: readonly number[]) =>
    cells.reduce((total, cell, index) => total + (isIn(cell, sum) ? (steps[index] ?? 0) : 0), 0)
  const open = new Set<Statistic>()
  for (const steps of changes(cells.length)) {
    const isPossible = cells.every(
      (cell, index) => number.truth(cell) + (steps[index] ?? 0) >= number.least(cell)
    )
    if (!isPossible || shown.some((sum) => sumIn(sum, steps) !== 0)) continue
    for (const place of hidden) if (sumIn(place, steps) !== 0) open.add(place)
    if (open.size === hidden.length) break
  }
  return { open, hidden }
}

test('no set of shown numbers leaves a hidden place only one value', () => {
  fc.assert(
    fc.property(clients, (all) => {
      const places = addTallies(all.flatMap(placesOf))
      const told = tellMonth(places)
      for (const number of numbers) {
        const { open, hidden } = openPlaces(places, told, number)
        const exposed = hidden.filter((place) => !open.has(place))
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
