import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween, type Day, type Moment } from './day.ts'
import type { EntryId, UserId } from './id.ts'
import type { LedgerLine } from './ledger.ts'
import { monthOf, type Month } from './month.ts'
import type { Claim, ServiceEvent, ServiceEventState } from './service-event.ts'
import { alarmsOf, lastDayFor, nextSettlement, settlementDayOf } from './transfer-alarm.ts'
import type { TransferSettings } from './transfer-terms.ts'

const id = '01935b2e-7c00-7000-8000-000000000001' as EntryId
const organiser = 'mallikunta'
const settings: TransferSettings = {
  terms: [{ organiser, settlementDay: 6, purchasedThrough: 'palse' }],
  products: [],
  profiles: []
}
const claim: Claim = {
  number: 'PS-1',
  code: 'KOTI',
  start: '2026-10-02T07:00:00Z' as Moment,
  end: '2026-10-02T08:00:00Z' as Moment,
  minutes: 60,
  unit: 'hour',
  outcome: 'completed'
}

function line(
  more: Partial<LedgerLine> & { state?: ServiceEventState; on?: string } = {}
): LedgerLine {
  const { state, on = '2026-10-20', ...rest } = more
  const whose = { visit: id, decision: id, organiser, product: 'home-service' }
  const base = { ...whose, channel: 'psop' as const, day: '2026-10-02' as Day }
  const by = id as string as UserId
  const history = state ? [{ state, by, at: `${on}T09:00:00Z` as Moment }] : []
  const data: ServiceEvent = { ...base, told: claim, history }
  const event = state ? { id, revision: 1, data } : null
  return { ...base, claim, flags: [], event, former: [], ...rest }
}

const on = (today: string, one: LedgerLine = line()) => alarmsOf(one, settings, today as Day)

test('a visit that PSOP has not heard of is told before its month is settled, and before 60 days are over', () => {
  expect(on('2026-10-31')).toEqual([])
  // Settled on 6 November; told from five days before.
  expect(on('2026-11-01')).toEqual(['settlement-near'])
  expect(on('2026-11-06')).toEqual(['settlement-near'])
  expect(on('2026-11-07')).toEqual(['rolled-over'])
  // 2 October and 60 days are 1 December; told from seven days before.
  expect(on('2026-11-23')).toEqual(['rolled-over'])
  expect(on('2026-11-24')).toEqual(['window-closing', 'rolled-over'])
  expect(on('2026-11-29')).toEqual(['window-closing', 'rolled-over'])
  expect(on('2026-12-01')).toEqual(['window-closing', 'rolled-over'])
  expect(on('2026-12-02')).toEqual(['window-closed'])
})

test('Palse says no sixty days, and what is recorded or not due asks for nothing', () => {
  expect(lastDayFor({ channel: 'palse', day: '2026-10-02' as Day })).toBeNull()
  expect(on('2026-12-20', line({ channel: 'palse' }))).toEqual(['rolled-over'])
  expect(on('2026-12-20', line({ state: 'recorded' }))).toEqual([])
  expect(on('2026-12-20', line({ claim: { ...claim, minutes: 0 } }))).toEqual([])
})

test('an organiser that is not told of is settled by the earliest of the days', () => {
  const other = line({ organiser: 'toinen' })
  expect(on('2026-11-04', other)).toEqual(['settlement-near'])
  expect(on('2026-11-05', other)).toEqual(['rolled-over'])
})

test('a draft left from yesterday is told, and a correction after the portal heard of it always', () => {
  expect(on('2026-10-20', line({ state: 'draft' }))).toEqual([])
  expect(on('2026-10-21', line({ state: 'draft' }))).toEqual(['draft-left'])
  expect(on('2026-10-21', line({ state: 'exported' }))).toEqual(['draft-left'])
  const corrected = { ...claim, minutes: 90 }
  for (const state of ['exported', 'draft', 'recorded', 'settled', 'paid'] as const)
    expect(on('2026-10-20', line({ state, claim: corrected }))).toEqual(['changed'])
  const nothing: Claim = { ...claim, minutes: 0, outcome: 'cancelled-in-time' }
  expect(on('2026-10-20', line({ state: 'paid', claim: nothing }))).toEqual(['changed'])
})

test('what is missing is told while there is time, with the day that it is missing by', () => {
  expect(on('2026-10-05', line({ flags: ['no-number'] }))).toEqual(['incomplete'])
  expect(on('2026-11-30', line({ flags: ['no-number'] }))).toEqual([
    'window-closing',
    'rolled-over',
    'incomplete'
  ])
  const running = line({ flags: ['no-outcome'], claim: { ...claim, minutes: 0, outcome: null } })
  expect(on('2026-10-02', running)).toEqual([])
  expect(on('2026-10-03', running)).toEqual(['incomplete'])
  expect(on('2026-11-03', running)).toEqual(['settlement-near', 'incomplete'])
  expect(on('2026-11-30', running)).toEqual(['window-closing', 'rolled-over', 'incomplete'])
  expect(on('2026-12-02', running)).toEqual(['window-closed', 'incomplete'])
  expect(on('2026-10-05', line({ flags: ['over-grant'] }))).toEqual([])
})

const anyDay = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2024-01-01' as Day, days))
const anySettlement = fc.integer({ min: 4, max: 8 })

test('the next settlement is never past, never before the own month’s, and a month away at most', () => {
  fc.assert(
    fc.property(anyDay, anyDay, anySettlement, (one, other, settlementDay) => {
      const [day, today] = one < other ? [one, other] : [other, one]
      const month: Month = monthOf(day)
      const next = nextSettlement(month, settlementDay, today)
      expect(next >= today).toBe(true)
      expect(next >= settlementDayOf(month, settlementDay)).toBe(true)
      expect(Number(next.slice(8))).toBe(settlementDay)
      if (today > settlementDayOf(month, settlementDay))
        expect(daysBetween(today, next)).toBeLessThanOrEqual(31)
    })
  )
})

test('what is not told at all alarms nobody: neither its days, nor what is missing in it, nor what became of the visit', () => {
  const untold = line({ state: 'not-told' })
  expect(on('2027-03-01', line())).toEqual(['window-closed'])
  expect(on('2027-03-01', untold)).toEqual([])
  expect(on('2027-03-01', { ...untold, flags: ['no-outcome', 'no-number'] })).toEqual([])
  expect(on('2027-03-01', { ...untold, claim: { ...claim, minutes: 90 } })).toEqual([])
})
