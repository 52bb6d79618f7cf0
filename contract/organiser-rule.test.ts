import { expect, test } from 'vitest'
import type { Day, Moment } from './day.ts'
import { cancelDeadline, plainRule, ruleFor, type OrganiserRule } from './organiser-rule.ts'

const rule = (from: string, fields: Partial<OrganiserRule> = {}): OrganiserRule => ({
  ...plainRule,
  organiser: 'a',
  from: from as Day,
  ...fields
})
const rules = [
  rule('2026-06-01', { roundingMinutes: 15 }),
  rule('2026-01-01', { roundingMinutes: 30 }),
  rule('2026-03-01', { roundingMinutes: 60, product: 'care' })
]
const stepOn = (day: string, product: string, organiser = 'a') =>
  ruleFor(rules, organiser, product, day as Day).roundingMinutes

test('the newest rule in force on the day is the one, and a product’s own goes before the organiser’s', () => {
  expect(stepOn('2026-05-31', 'other')).toBe(30)
  expect(stepOn('2026-06-01', 'other')).toBe(15)
  expect(stepOn('2026-02-28', 'care')).toBe(30)
  expect(stepOn('2026-07-01', 'care')).toBe(60)
})

test('before the first rule, and for another organiser, every minute counts as it was', () => {
  expect(stepOn('2025-12-31', 'other')).toBe(1)
  expect(stepOn('2026-07-01', 'care', 'b')).toBe(1)
})

test('a visit is cancelled in time so many hours before its plan, counted on instants', () => {
  const plannedStart = '2026-03-29T09:00:00+03:00' as Moment
  const visit = { organiser: 'a', product: 'care', plannedStart }
  expect(cancelDeadline([rule('2026-01-01', { cancelNoticeHours: 12 })], visit)).toBe(
    '2026-03-28T18:00:00.000Z'
  )
  // The hour that the night lacks is no hour of notice.
  expect(cancelDeadline([], visit)).toBe('2026-03-28T06:00:00.000Z')
})
