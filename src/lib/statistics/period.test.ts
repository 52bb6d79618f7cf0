import { expect, test } from 'vitest'
import type { Month } from '#contract/month.ts'
import { periodOf, quickOf, withFrom, withUntil } from './period.ts'

const month = (text: string) => text as Month
const current = month('2026-03')

test.each([
  ['this-month', '2026-03', '2026-03'],
  ['last-month', '2026-02', '2026-02'],
  ['this-year', '2026-01', '2026-03'],
  ['last-twelve', '2025-04', '2026-03']
] as const)('%s', (quick, from, until) => {
  const period = periodOf(quick, current)
  expect(period).toEqual({ from, until })
  expect(quickOf(period, current)).toBe(quick)
})

test('a period of one’s own is none of them, and never ends before it begins', () => {
  const period = { from: month('2025-06'), until: month('2025-08') }
  expect(quickOf(period, current)).toBe('own')
  expect(withFrom(period, month('2025-12'))).toEqual({ from: '2025-12', until: '2025-12' })
  expect(withFrom(period, month('2025-01'))).toEqual({ from: '2025-01', until: '2025-08' })
  expect(withUntil(period, month('2025-01'))).toEqual({ from: '2025-01', until: '2025-01' })
})
