import { expect, test } from 'vitest'
import type { Day } from './day.ts'
import { clockOf } from './rights-clock.ts'

test.each([
  ['the day of the same date', '2026-11-10', false, '2026-12-10', '2026-12-10'],
  ['the last day of a shorter month', '2026-03-31', false, '2026-04-30', '2026-04-30'],
  ['the last day of February', '2027-01-30', false, '2027-02-28', '2027-03-01'],
  ['the last day of a leap year’s February', '2028-01-31', false, '2028-02-29', '2028-02-29'],
  ['over the year', '2026-12-15', false, '2027-01-15', '2027-01-15'],
  ['a Saturday: the Monday after it', '2026-11-05', false, '2026-12-05', '2026-12-07'],
  ['a Sunday: the Monday after it', '2026-10-22', false, '2026-11-22', '2026-11-23'],
  ['two months more', '2026-11-10', true, '2027-02-10', '2027-02-10'],
  ['two months more, to the end of a shorter month', '2026-11-30', true, '2027-02-28', '2027-03-01']
])('§13 a month ends on %s', (_, receivedOn, isExtended, fullOn, dueOn) => {
  expect(clockOf(receivedOn as Day, isExtended)).toEqual({ fullOn, dueOn })
})
