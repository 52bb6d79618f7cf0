import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, toMoment, type Day } from './day.ts'
import type { Decision } from './decision.ts'
import type { EntryId, UserId } from './id.ts'
import { addMonths, monthsFrom, type Month } from './month.ts'
import { addTallies, tallyVisits, visitsIn } from './tally.ts'
import type { Visit, VisitState } from './visit.ts'

const decision = '01935b2e-7c00-7000-8000-000000000001' as EntryId
const data: Decision = {
  organiser: 'mallikunta',
  controller: 'organiser',
  product: 'home-service',
  funding: 'voucher',
  from: '2026-01-01' as Day,
  until: '2026-12-31' as Day,
  grantedMinutes: 600,
  grantedPer: 'month',
  goals: []
}
const rule = {
  organiser: 'mallikunta',
  from: '2026-06-01' as Day,
  roundingMinutes: 30,
  roundingMode: 'up',
  minBillableMinutes: 0,
  cancelNoticeHours: 24,
  cancelBillable: true,
  shared: 'each'
} as const

function visit(day: string, state: VisitState = 'completed', hour = 8): { data: Visit } {
  const start = instantOf(day as Day, hour)
  const [from, to] = [toMoment(start), toMoment(start + 65 * 60_000)]
  const times = { plannedStart: from, plannedEnd: toMoment(start + 3_600_000) }
  const worker = '01935b2e-7c00-7000-8000-000000000002' as UserId
  const held = state === 'completed' ? { startedAt: from, endedAt: to } : {}
  return { data: { decision, product: 'home-service', worker, state, ...times, ...held } }
}

const tally = (visits: readonly { data: Visit }[]) =>
  tallyVisits([{ id: decision, data }], visits, [rule])

test('a visit counts in its month, with the hours of the rule in force on its day', () => {
  const found = tally([
    visit('2026-05-31'),
    visit('2026-06-01'),
    visit('2026-06-02', 'not-at-home')
  ])
  const cell = { organiser: 'mallikunta', product: 'home-service', customers: 1 }
  expect(found).toHaveLength(8)
  expect(found).toContainEqual(
    expect.objectContaining({ ...cell, month: '2026-05', actualMinutes: 65, billableMinutes: 65 })
  )
  const june = found.find(({ month, product }) => month === '2026-06' && product !== null)
  expect(june).toMatchObject({ ...cell, plannedMinutes: 120, actualMinutes: 65 })
  expect(june).toMatchObject({ billableMinutes: 90 + 60, outcomes: { 'not-at-home': 1 } })
})

test('the month is the one that the calendar in Helsinki shows', () => {
  const [found] = tally([visit('2026-07-01', 'completed', 0)])
  expect(found?.month).toBe('2026-07')
})

test('what is planned or still runs has no outcome, and a version beside another counts once', () => {
  const [held] = [visit('2026-06-01')]
  const fork = { data: { ...held.data, forkOf: decision } }
  expect(tally([visit('2026-06-01', 'planned'), visit('2026-06-01', 'started')])).toEqual([])
  expect(tally([held, fork])).toEqual(tally([held]))
})

test('a customership is one client in every place, and its sums are the sums of its places', () => {
  const days = fc.array(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(days, (all) => {
      const found = tally(all.map((day) => visit(`2026-06-${String(day).padStart(2, '0')}`)))
      expect(found.map(({ customers }) => customers)).toEqual([1, 1, 1, 1])
      for (const place of found) expect(visitsIn(place)).toBe(all.length)
      const [twice] = addTallies([...found, ...found])
      expect(twice?.customers).toBe(2)
    })
  )
})

test('months follow each other over the turn of a year', () => {
  expect(addMonths('2026-01' as Month, -1)).toBe('2025-12')
  expect(monthsFrom('2025-11' as Month, '2026-02' as Month)).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02'
  ])
  expect(monthsFrom('2026-02' as Month, '2026-01' as Month)).toEqual([])
})
