import { expect, test } from 'vitest'
import type { Month } from '#contract/month.ts'
import type { Statistic } from '#contract/statistics.ts'
import { noOutcomes } from '#contract/tally.ts'
import { linesBy, linesByMonth, sumOfPeriod, type Line } from './lines.ts'
import { visitMonths, type VisitNumber } from './told-months.ts'

const everything = { organiser: null, product: null }

function told(
  place: string,
  visits: number | NonNullable<Statistic['hidden']>,
  { month = '2026-10', whole = true } = {}
): Statistic {
  const [organiser = '', product = ''] = place.split('/')
  const named = { month: month as Month, organiser: organiser || null, product: product || null }
  if (typeof visits === 'string') return { ...named, figures: null, hidden: visits }
  const minutes = visits * 60
  const figures = {
    customers: whole ? 5 : null,
    visits,
    completed: visits - 1,
    outcomes: whole ? { ...noOutcomes, completed: visits - 1, 'not-at-home': 1 } : null,
    plannedMinutes: minutes,
    actualMinutes: minutes,
    billableMinutes: whole ? minutes : null
  }
  return { ...named, figures, hidden: null }
}

/** Two organisers in October, one of them with a small product; in November one alone. */
const answer = visitMonths({
  from: '2026-09' as Month,
  until: '2026-11' as Month,
  statistics: [
    told('a/x', 10),
    told('a/y', 'small'),
    told('b/x', 20),
    told('a/', 'covering'),
    told('b/', 20),
    told('/x', 30),
    told('/y', 'small'),
    told('/', 40, { whole: false }),
    told('a/x', 7, { month: '2026-11' }),
    told('a/', 7, { month: '2026-11' }),
    told('/x', 7, { month: '2026-11' }),
    told('/', 7, { month: '2026-11' })
  ]
})

function shown(line: Line<VisitNumber> | undefined, name: VisitNumber = 'visits'): string {
  const amount = line?.numbers[name]
  if (!amount) return line?.hidden ?? 'nothing'
  return `${amount.isShort ? '≥' : ''}${amount.told}`
}

test('a month without visits is a month with none, not a hidden one', () => {
  expect(linesByMonth(answer, everything).map((line) => shown(line))).toEqual(['0', '40', '7'])
})

test('of a sum that is hidden the shown parts are told, and that something is missing', () => {
  const lines = linesByMonth(answer, { organiser: 'a', product: null })
  expect(lines.map((line) => shown(line))).toEqual(['0', '≥10', '7'])
  expect(shown(sumOfPeriod(answer, { organiser: 'a', product: null }))).toBe('≥17')
})

test('a small place is told as small, and as nothing more in a longer period', () => {
  const filter = { organiser: 'a', product: 'y' }
  expect(linesByMonth(answer, filter).map((line) => shown(line))).toEqual(['0', 'small', '0'])
  expect(shown(sumOfPeriod(answer, filter))).toBe('small')
})

test('each number of a sum is short by itself', () => {
  const sum = sumOfPeriod(answer, everything)
  expect(shown(sum)).toBe('47')
  expect(shown(sum, 'completed')).toBe('45')
  expect(shown(sum, 'billableMinutes')).toBe(`≥${37 * 60}`)
  expect(shown(sum, 'not-at-home')).toBe('≥3')
})

test.each([
  ['organiser', everything, ['a/ ≥17', 'b/ 20']],
  ['product', everything, ['/x 37', '/y small']],
  ['both', everything, ['a/x 17', 'a/y small', 'b/x 20']],
  ['both', { organiser: 'b', product: null }, ['b/x 20']],
  ['organiser', { organiser: null, product: 'x' }, ['a/x 17', 'b/x 20']]
] as const)('by %s within %o', (breakdown, filter, expected) => {
  const lines = linesBy(breakdown, answer, filter)
  expect(lines.map((line) => `${line.key} ${shown(line)}`)).toEqual(expected)
})

test('clients of several months are not summed: many of them are the same', () => {
  expect(sumOfPeriod(answer, everything).customers).toBe('several-months')
  expect(linesByMonth(answer, everything).map(({ customers }) => customers)).toEqual([0, null, 5])
})
