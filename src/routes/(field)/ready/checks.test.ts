import { expect, test } from 'vitest'
import { toMoment, type Day } from '#contract/day.ts'
import { checks, judge, overall, type Check, type Standing, type Verdict } from './checks.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.parse('2026-11-23T05:30:00Z')

const everything: Standing = {
  now,
  clients: { expected: 6, held: 6 },
  freshAt: toMoment(now - hour),
  opensOffline: true,
  leaseUntil: now + 14 * day,
  unsent: 0,
  unsentSince: null,
  persists: true,
  space: { used: 50_000_000, free: 5_000_000_000 },
  clockOffset: 1500,
  newVersionReady: false,
  permits: []
}

test('a tablet that lacks nothing is green', () => {
  const verdicts = judge(everything)
  expect(Object.keys(verdicts).sort()).toEqual([...checks].sort())
  expect(overall(verdicts)).toBe('good')
})

test.for<[Check, Verdict, string, Partial<Standing>]>([
  ['clients', 'stop', 'one of the day cannot be opened', { clients: { expected: 6, held: 5 } }],
  ['app', 'stop', 'its own files are not kept yet', { opensOffline: false }],
  ['fresh', 'look', 'last fetched yesterday evening', { freshAt: toMoment(now - 10 * hour) }],
  ['fresh', 'stop', 'last fetched two days ago', { freshAt: toMoment(now - 48 * hour) }],
  ['fresh', 'stop', 'never fetched whole', { freshAt: null }],
  ['lease', 'look', 'the lease ends in two days', { leaseUntil: now + 2 * day }],
  ['lease', 'stop', 'the lease ends before the day does', { leaseUntil: now + 8 * hour }],
  ['unsent', 'look', 'a note waits', { unsent: 1, unsentSince: now - hour }],
  ['unsent', 'stop', 'a note waits since days', { unsent: 1, unsentSince: now - 2 * day }],
  [
    'permits',
    'look',
    'a permit ends',
    { permits: [{ firstName: 'Aino', type: 'medication-permit', until: '2026-11-25' as Day }] }
  ],
  ['space', 'stop', 'space is short', { space: { used: 50_000_000, free: 1_000_000 } }],
  ['persistence', 'look', 'the browser may evict', { persists: false }],
  ['clock', 'look', 'the clock is five minutes fast', { clockOffset: 5 * minute }],
  ['clock', 'stop', 'the clock is an hour slow', { clockOffset: -hour }],
  ['version', 'look', 'a new version waits', { newVersionReady: true }]
])('%s says %s, alone, when %s', ([check, verdict, , lack]) => {
  const verdicts = judge({ ...everything, ...lack })
  const others = checks.filter((one) => verdicts[one] !== 'good')
  expect([verdicts[check], others]).toEqual([verdict, [check]])
  expect(overall(verdicts)).toBe(verdict)
})

test('space of which the browser says nothing holds nobody back', () => {
  expect(overall(judge({ ...everything, space: null }))).toBe('good')
})
