import { expect, test } from 'vitest'
import type { Decision } from '#contract/decision.ts'
import type { Visit } from '#contract/visit.ts'
import { hoursBar, latestPeriods } from './hours-figures.ts'

const hours = (granted: number, used: number, planned: number) => ({
  grantedMinutes: granted,
  usedMinutes: used,
  plannedMinutes: planned,
  leftMinutes: granted - used - planned
})

test('the bar shares what was granted', () => {
  expect(hoursBar(hours(600, 300, 150))).toEqual({
    used: 0.5,
    planned: 0.25,
    left: 0.25,
    over: 0,
    grantedMark: 1
  })
})

test('§6 an overrun lengthens the bar past the granted hours and is never hidden', () => {
  const bar = hoursBar(hours(600, 500, 300))
  expect(bar.over).toBeCloseTo(0.25)
  expect(bar.grantedMark).toBeCloseTo(0.75)
  expect(bar.used + bar.planned + bar.over).toBeCloseTo(1)
})

test('nothing granted and nothing used draws nothing', () => {
  expect(hoursBar(hours(0, 0, 0))).toMatchObject({ used: 0, left: 0, grantedMark: 0 })
})

const decision = {
  from: '2026-09-10',
  until: '2027-05-31',
  grantedMinutes: 600,
  grantedPer: 'month'
} as Decision

const held = (startedAt: string, endedAt: string) =>
  ({ decision: 'd', state: 'completed', startedAt, endedAt }) as Visit

test('the latest periods start where the decision does', () => {
  const visits = [
    held('2026-10-31T21:30:00Z', '2026-10-31T23:30:00Z'),
    held('2026-11-02T08:00:00Z', '2026-11-02T09:00:00Z')
  ]
  const now = Date.parse('2026-11-22T10:00:00Z')
  expect(latestPeriods('d', decision, visits, now, 6)).toEqual([
    { first: '2026-09-01', usedMinutes: 0, plannedMinutes: 0 },
    { first: '2026-10-01', usedMinutes: 120, plannedMinutes: 0 },
    { first: '2026-11-01', usedMinutes: 60, plannedMinutes: 0 }
  ])
  const weekly = latestPeriods('d', { ...decision, grantedPer: 'week' }, visits, now, 4)
  expect(weekly.map((period) => period.first)).toEqual([
    '2026-10-26',
    '2026-11-02',
    '2026-11-09',
    '2026-11-16'
  ])
  expect(weekly[0]?.usedMinutes).toBe(120)
})
