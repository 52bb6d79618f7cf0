import { expect, test } from 'vitest'
import type { Day } from './day.ts'
import type { Decision } from './decision.ts'
import { tallyExpiring, withoutNext } from './expiring.ts'

const decision = (from: string, until: string, product = 'home-service') =>
  ({ organiser: 'mallikunta', product, from, until }) as Decision

const first = decision('2026-01-01', '2026-06-30')

test.each([
  ['alone', [first], ['2026-06-30']],
  [
    'with the next from its last day’s morrow',
    [first, decision('2026-07-01', '2026-12-31')],
    ['2026-12-31']
  ],
  [
    'with the next from before its end',
    [first, decision('2026-05-01', '2026-12-31')],
    ['2026-12-31']
  ],
  [
    'with a day between',
    [first, decision('2026-07-02', '2026-12-31')],
    ['2026-06-30', '2026-12-31']
  ],
  [
    'with another product',
    [first, decision('2026-07-01', '2026-12-31', 'family-work')],
    ['2026-06-30', '2026-12-31']
  ],
  [
    'with one that ends on the same day',
    [first, decision('2026-03-01', '2026-06-30')],
    ['2026-06-30', '2026-06-30']
  ]
] as const)('a service goes on, or does not: a decision %s', (_name, decisions, ends) => {
  expect(withoutNext(decisions).map(({ until }) => until)).toEqual(ends)
})

test('a client with two that run out in one month is one client and two decisions', () => {
  const [cell] = tallyExpiring([first, decision('2026-02-01', '2026-06-15')], null)
  expect(cell).toMatchObject({ month: '2026-06', customers: 1, amount: 1 })
  const both = tallyExpiring([first, decision('2026-02-01', '2026-06-30', 'family-work')], null)
  expect(both.find(({ product }) => product === null)).toMatchObject({ customers: 1, amount: 2 })
})

test('of a customership that ends nothing runs out', () => {
  expect(tallyExpiring([first], '2026-05-31' as Day)).toEqual([])
})
