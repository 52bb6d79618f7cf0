import { expect, test } from 'vitest'
import type { Day, Moment } from '#contract/day.ts'
import {
  formatBytes,
  formatClock,
  formatDateTime,
  formatDay,
  formatHours,
  formatSpan,
  formatWeekdayAndDay
} from './format.ts'

test('days, times and hours are written the Finnish way', () => {
  expect(formatDay('2026-05-03' as Day)).toBe('3.5.2026')
  expect(formatWeekdayAndDay('2026-11-22' as Day)).toBe('su 22.11.')
  expect(formatClock('2026-11-22T07:05:00Z' as Moment)).toBe('klo 9.05')
  expect(formatDateTime('2026-06-30T22:30:00Z' as Moment)).toBe('1.7.2026 klo 1.30')
  expect(formatSpan('2026-11-22T07:05:00Z' as Moment, '2026-11-22T08:30:00Z' as Moment)).toBe(
    '9.05–10.30'
  )
  expect(formatHours(90)).toBe('1,5 h')
  expect(formatHours(165)).toBe('2,75 h')
  expect(formatHours(100)).toBe('1,67 h')
  expect(formatHours(-60)).toBe('−1 h')
})

test('sizes are written in the largest unit of which there is one', () => {
  expect([840, 1_420_000, 10_737_418_240].map(formatBytes)).toEqual(['1 kt', '1,4 Mt', '10,7 Gt'])
})
