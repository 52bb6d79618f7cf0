import { expect, test } from 'vitest'
import { dayAt, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { currentInstant, drawnPeriods, hoursBar, toldPeriods } from './hours-figures.ts'

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

const periods = (count: number, planned: readonly number[] = []) =>
  Array.from({ length: count }, (_, index) => ({
    first: `2026-${String(index + 1).padStart(2, '0')}-01` as Day,
    last: `2026-${String(index + 1).padStart(2, '0')}-28` as Day,
    ...hours(600, 0, planned.includes(index) ? 60 : 0)
  }))
const monthsOf = (drawn: readonly { first: Day }[]) =>
  drawn.map(({ first }) => Number(first.slice(5, 7)))

test('what is drawn is what was until now and the two periods to come', () => {
  expect(monthsOf(drawnPeriods(periods(12), 'month', '2026-03-15' as Day))).toEqual([1, 2, 3, 4, 5])
})

test('what is planned is drawn further ahead, and never more than a year of columns', () => {
  expect(monthsOf(drawnPeriods(periods(12, [6]), 'month', '2026-03-15' as Day)).at(-1)).toBe(7)
  const years = [...periods(12), ...periods(12)]
  expect(drawnPeriods(years, 'month', '2026-12-15' as Day)).toHaveLength(12)
})

test('the table goes as far as something happens', () => {
  expect(monthsOf(toldPeriods(periods(12, [8]), 'month', '2026-03-15' as Day)).at(-1)).toBe(9)
  expect(monthsOf(toldPeriods(periods(12), 'month', '2026-03-15' as Day)).at(-1)).toBe(3)
})

test('a decision that has ended tells its last period, one to come its first', () => {
  const decision = { from: '2026-02-01', until: '2026-05-31' } as Decision
  const dayOf = (now: string) => dayAt(currentInstant(decision, Date.parse(`${now}T10:00:00Z`)))
  expect([dayOf('2026-01-10'), dayOf('2026-03-10'), dayOf('2026-09-10')]).toEqual([
    '2026-02-01',
    '2026-03-10',
    '2026-05-31'
  ])
})

test('a sum that no longer grows is not drawn to the end of the decision', () => {
  const sums = periods(12).map((period, index) => ({
    ...period,
    usedMinutes: Math.min(index, 5) * 60
  }))
  expect(monthsOf(toldPeriods(sums, 'total', '2026-03-15' as Day)).at(-1)).toBe(6)
})
