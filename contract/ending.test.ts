import { expect, test } from 'vitest'
import { daySchema } from './day-shape.ts'
import { deleteByOf } from './ending.ts'

const day = (text: string) => daySchema.parse(text)

test('§7 the day of deletion follows from the last day of the service', () => {
  expect(deleteByOf(day('2026-11-30'), day('2026-11-22'), 60)).toBe('2027-01-29')
})

test('§7 a service that ended long ago still leaves a fortnight for the warnings', () => {
  expect(deleteByOf(day('2026-08-01'), day('2026-11-22'), 60)).toBe('2026-12-06')
  expect(deleteByOf(day('2026-11-21'), day('2026-11-22'), 14)).toBe('2026-12-06')
})
