import { expect, test } from 'vitest'
import { momentSchema } from '#contract/day-shape.ts'
import { silentDays } from './silence.ts'

const now = Date.parse('2026-11-22T10:00:00Z')

test('whole days since a device was heard of; never is not a number', () => {
  expect(silentDays(momentSchema.parse('2026-11-19T10:00:00Z'), now)).toBe(3)
  expect(silentDays(momentSchema.parse('2026-11-19T10:00:01Z'), now)).toBe(2)
  expect(silentDays(null, now)).toBeNull()
})

test('a device whose clock is ahead has not been silent for less than nothing', () => {
  expect(silentDays(momentSchema.parse('2026-11-23T10:00:00Z'), now)).toBe(0)
})
