import { expect, test } from 'vitest'
import type { Day } from './day.ts'
import type { Decision } from './decision.ts'
import { grantedByMonth, tallyGrants } from './granted.ts'
import type { Month } from './month.ts'

const decision = (fields: Partial<Decision>) =>
  ({
    ...{ organiser: 'mallikunta', product: 'home-service', grantedMinutes: 600 },
    ...{ from: '2026-10-01', until: '2026-12-31', grantedPer: 'month' },
    ...fields
  }) as Decision

const december = '2026-12' as Month

test.each([
  ['each month its own', {}, [600, 600, 600]],
  // The week of Thursday, 1 October, and Mondays 5–26; five in November; four in December.
  ['a week where it begins', { grantedPer: 'week', grantedMinutes: 60 }, [300, 300, 240]],
  // 92 days: 31, 30 and 31.
  ['one sum by its days', { grantedPer: 'total', grantedMinutes: 920 }, [310, 300, 310]],
  ['one sum to the minute', { grantedPer: 'total', grantedMinutes: 100 }, [34, 32, 34]]
] as const)('grants of three months: %s', (_name, fields, expected) => {
  expect([...grantedByMonth(decision(fields), december)]).toEqual(
    ['2026-10', '2026-11', '2026-12'].map((month, index) => [month, expected[index]])
  )
})

test('a month that has not come is not counted, and is none of the sum of those before it', () => {
  for (const grantedPer of ['week', 'month', 'total'] as const) {
    const one = decision({ grantedPer, until: '2099-12-31' as Day })
    const all = grantedByMonth({ ...one, until: '2027-12-31' as Day }, '2027-12' as Month)
    expect([...grantedByMonth(one, '2026-11' as Month).keys()]).toEqual(['2026-10', '2026-11'])
    expect(grantedByMonth(one, '2026-09' as Month).size).toBe(0)
    expect(all.size).toBe(15)
  }
})

test('a customership has its grant until the month in which it ends', () => {
  const months = (endDay: string | null) =>
    tallyGrants([decision({})], endDay as Day | null, december)
      .filter(({ organiser, product }) => organiser !== null && product !== null)
      .map(({ month, customers, amount }) => [month, customers, amount])
  expect(months(null)).toHaveLength(3)
  expect(months('2026-11-02')).toEqual([
    ['2026-10', 1, 600],
    ['2026-11', 1, 600]
  ])
})

test('two decisions of one client in one place are one client', () => {
  const [cell] = tallyGrants([decision({}), decision({ grantedMinutes: 60 })], null, december)
  expect(cell).toMatchObject({ customers: 1, amount: 660 })
})
