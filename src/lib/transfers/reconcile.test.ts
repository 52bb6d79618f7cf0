import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import { stepsTo } from '#contract/event-state.ts'
import { serviceEventStateSchema, type ServiceEventState } from '#contract/service-event.ts'
import { readTextTable } from '#lib/import/text-table.ts'
import { idOf, transferLine as line } from '#tests/support/transfer-line.ts'
import { wayOver } from './pair.ts'
import { guessColumns, portalRows, type PortalRow } from './portal-row.ts'
import { reconcile } from './reconcile.ts'

function rowsOf(text: string): PortalRow[] {
  const table = readTextTable(new TextEncoder().encode(text), 'utf-8')
  return portalRows(table, guessColumns(table.headings))
}

const list = (...rows: string[]) =>
  rowsOf(['Palvelusetelin numero;Alkupäivä;Alkuaika;Määrä;Arvo;Tila', ...rows].join('\n'))

test('what a portal lists is read as a portal writes it', () => {
  expect(list('PS-1;3.11.2026;9.00;1,5;"1 060,50 €";Tarkastettavana')).toEqual([
    {
      line: 2,
      reference: null,
      number: 'PS-1',
      day: '2026-11-03',
      startMinute: 540,
      minutes: 90,
      valueCents: 106050,
      state: 'under-review',
      otherState: null
    }
  ])
  const [other] = rowsOf('Number\tStarts\tHours\nPS-1\t2026-11-03 09:05\tx')
  expect(other).toMatchObject({ day: '2026-11-03', startMinute: 545, minutes: null, state: null })
})

test('matched, missing, different, unknown and not yet told: each line and row is in one of them', () => {
  const lines = [
    line(1, { state: 'recorded' }),
    line(2, { state: 'recorded', day: '2026-11-04' }),
    line(3, { state: 'recorded', day: '2026-11-05' }),
    line(4, { day: '2026-11-06' })
  ]
  const rows = list(
    'PS-1;3.11.2026;9.00;1,5;60,00;Kirjattu',
    'PS-1;4.11.2026;9.15;1,25;50,00;Hyväksytty',
    'PS-9;30.11.2026;9.00;1;40,00;Kirjattu'
  )
  const found = reconcile(lines, rows)
  expect(found.matched.map((pair) => pair.line.visit)).toEqual([idOf(1)])
  expect(found.different.map((pair) => [pair.line.visit, pair.differs])).toEqual([
    [idOf(2), ['time', 'hours', 'value', 'state']]
  ])
  expect(found.missing.map(({ visit }) => visit)).toEqual([idOf(3)])
  expect(found.open.map(({ visit }) => visit)).toEqual([idOf(4)])
  expect(found.unknown.map((row) => row.line)).toEqual([4])
})

test('a number typed wrong is told as that, where the time leaves no doubt; two at one time stay apart', () => {
  const wrong = list('PS-7;3.11.2026;9.00;1,5;60,00;Kirjattu')
  const one = reconcile([line(1, { state: 'recorded' })], wrong)
  expect(one.different.map(({ differs }) => differs)).toEqual([['number']])
  const two = reconcile(
    [line(1, { state: 'recorded' }), line(2, { number: 'PS-2', state: 'recorded' })],
    wrong
  )
  expect([two.different, two.missing.length, two.unknown.length]).toEqual([[], 2, 1])
})

test('what is in the portal and not ticked off here differs by its state alone', () => {
  const found = reconcile([line(1)], list('PS-1;3.11.2026;9.00;1,5;60,00;Tilitetty'))
  expect(found.different.map(({ differs }) => differs)).toEqual([['state']])
  const silent = rowsOf('Number;Starts;Start time\nPS-1;3.11.2026;9.00')
  expect(reconcile([line(1)], silent).different.map(({ differs }) => differs)).toEqual([['state']])
  expect(reconcile([line(1, { state: 'paid' })], silent).matched).toHaveLength(1)
})

test('a state in words that are not known is a difference of its own, and is not taken over in bulk', () => {
  const found = reconcile(
    [
      line(1, { state: 'recorded' }),
      line(2, { day: '2026-11-04' }),
      line(3, { day: '2026-11-05' })
    ],
    list(
      'PS-1;3.11.2026;9.00;1,5;60,00;Hylätty',
      'PS-1;4.11.2026;9.00;1,5;60,00;Tilitetty, palautettu',
      'PS-1;5.11.2026;9.00;1,5;60,00;Tilitetty'
    )
  )
  expect(found.different.map(({ row, differs }) => [row.otherState, differs])).toEqual([
    ['Hylätty', ['other-state']],
    ['Tilitetty, palautettu', ['other-state']],
    [null, ['state']]
  ])
  expect(found.different.map(wayOver)).toEqual([null, null, ['recorded', 'approved', 'settled']])
})

test('an event that stands in the portal twice is there once and told as double, in its own words', () => {
  const found = reconcile(
    [line(1, { state: 'recorded' })],
    list(
      'PS-1;3.11.2026;9.00;1,5;60,00;Palautettu',
      'PS-1;3.11.2026;9.00;1,5;60,00;Kirjattu',
      'PS-1;3.11.2026;9.00;1,5;60,00;Kirjattu'
    )
  )
  expect(found.matched.map((pair) => pair.row.line)).toEqual([3])
  expect(found.twice.map((one) => [one.line.visit, one.row.line])).toEqual([
    [idOf(1), 2],
    [idOf(1), 4]
  ])
  expect([found.missing, found.different, found.unknown]).toEqual([[], [], []])
})

test('a double is not taken for another client’s event of the same time', () => {
  const lines = [line(1, { state: 'recorded' }), line(2, { number: 'PS-2', state: 'recorded' })]
  const row = 'PS-1;3.11.2026;9.00;1,5;60,00;Kirjattu'
  const found = reconcile(lines, list(row, row))
  expect(found.twice.map((one) => one.row.line)).toEqual([3])
  expect(found.missing.map(({ visit }) => visit)).toEqual([idOf(2)])
})

test('two workers’ equal visits are two equal rows; what agrees finds each other first', () => {
  const lines = [line(1, { state: 'recorded' }), line(2, { state: 'recorded', minutes: 60 })]
  const [longer, shorter] = ['PS-1;3.11.2026;9.00;1,5;60,00', 'PS-1;3.11.2026;9.00;1;40,00']
  const both = reconcile(lines, list(`${shorter};Kirjattu`, `${longer};Kirjattu`))
  expect(both.matched.map((pair) => pair.line.visit)).toEqual([idOf(2), idOf(1)])
  const one = reconcile(lines, list(`${shorter};Kirjattu`))
  expect(one.matched.map((pair) => pair.line.visit)).toEqual([idOf(2)])
  expect(one.missing.map(({ visit }) => visit)).toEqual([idOf(1)])
})

test('in a list without times a client’s visits of one day are paired, and only an equal row is double', () => {
  const lines = [line(1, { state: 'recorded' }), line(2, { state: 'recorded', hour: 15 })]
  const [same, other] = ['PS-1;3.11.2026;1,5;60,00', 'PS-1;3.11.2026;2;80,00']
  const found = reconcile(
    lines,
    rowsOf(['Number;Starts;Hours;Value', same, same, same, other].join('\n'))
  )
  expect(found.matched).toHaveLength(2)
  expect(found.twice.map((one) => one.row.line)).toEqual([4])
  expect(found.unknown.map((row) => row.line)).toEqual([5])
})

test('no line and no row is lost or paired twice, in whichever order they come', () => {
  const anyLine = fc.record({
    number: fc.constantFrom('PS-1', 'PS-2'),
    day: fc.constantFrom('2026-11-03', '2026-11-04'),
    hour: fc.integer({ min: 8, max: 10 }),
    state: fc.option(fc.constantFrom<ServiceEventState>('recorded', 'draft', 'paid'), {
      nil: undefined
    })
  })
  const anyRow = fc.record({
    reference: fc.option(fc.integer({ min: 100, max: 104 }).map(idOf)),
    number: fc.option(fc.constantFrom('PS-1', 'ps 1', 'PS-2', 'PS-3')),
    day: fc.option(fc.constantFrom('2026-11-03' as Day, '2026-11-04' as Day)),
    startMinute: fc.option(fc.constantFrom(480, 540, 600)),
    minutes: fc.option(fc.constantFrom(60, 90)),
    valueCents: fc.constant(null),
    state: fc.option(fc.constantFrom(...serviceEventStateSchema.options)),
    otherState: fc.constant(null)
  })
  fc.assert(
    fc.property(
      fc.array(anyLine, { maxLength: 8 }),
      fc.array(anyRow, { maxLength: 8 }),
      (some, cells) => {
        const lines = some.map(({ state, ...rest }, index) =>
          line(100 + index, state ? { ...rest, state } : rest)
        )
        const rows = cells.map((row, index): PortalRow => ({ ...row, line: index + 2 }))
        const { matched, different, missing, open, twice, unknown } = reconcile(lines, rows)
        const pairs = [...matched, ...different]
        const visits = [...pairs.map((pair) => pair.line), ...missing, ...open].map(
          ({ visit }) => visit
        )
        expect(visits.toSorted()).toEqual(lines.map(({ visit }) => visit).toSorted())
        const told = [...pairs, ...twice]
          .map(({ row }) => row)
          .concat(unknown)
          .map((row) => row.line)
        expect(told.toSorted((a, b) => a - b)).toEqual(rows.map((row) => row.line))
      }
    )
  )
})

test('the way to what a portal says goes by allowed steps only, and there is none back from a credit', () => {
  expect(stepsTo(null, 'settled')).toEqual(['recorded', 'approved', 'settled'])
  expect(stepsTo('exported', 'approved')).toEqual(['recorded', 'approved'])
  expect(stepsTo('approved', 'recorded')).toBeNull()
  expect(stepsTo('credited', 'paid')).toBeNull()
})
