import { expect, test } from 'vitest'
import { daySchema } from './day-shape.ts'
import {
  addDays,
  dayAt,
  daysBetween,
  earliestDay,
  instantOf,
  mondayOf,
  wallTimeAt,
  type Day
} from './day.ts'

const day = (text: string): Day => daySchema.parse(text)

test('a day that does not exist is refused', () => {
  expect(daySchema.safeParse('2026-02-29').success).toBe(false)
  expect(daySchema.safeParse('2028-02-29').success).toBe(true)
})

test('the day in Helsinki changes at its own midnight, in winter and in summer', () => {
  expect(dayAt(Date.parse('2026-01-14T21:59:59Z'))).toBe('2026-01-14')
  expect(dayAt(Date.parse('2026-01-14T22:00:00Z'))).toBe('2026-01-15')
  expect(dayAt(Date.parse('2026-07-14T21:00:00Z'))).toBe('2026-07-15')
})

test('the hour that daylight saving skips or repeats still has an instant', () => {
  expect(wallTimeAt(instantOf(day('2026-03-29'), 3, 30)).hour).toBe(4)
  expect(instantOf(day('2026-10-25'), 3, 30)).toBe(Date.parse('2026-10-25T00:30:00Z'))
})

test('calendar arithmetic crosses months, leap days and clock changes', () => {
  expect(addDays(day('2028-02-28'), 2)).toBe('2028-03-01')
  expect(daysBetween(day('2026-03-28'), day('2026-03-30'))).toBe(2)
  expect(mondayOf(day('2026-11-22'))).toBe('2026-11-16')
  expect(earliestDay(null, day('2026-05-03'), day('2026-05-02'))).toBe('2026-05-02')
})
