import { expect, test } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import { standingOf } from './standing.ts'

const day = (text: string) => daySchema.parse(text)

test('the first and the last day belong to an assignment', () => {
  const assignment = { from: day('2026-11-20'), until: day('2026-11-22') }
  expect(standingOf(assignment, day('2026-11-19'))).toBe('coming')
  expect(standingOf(assignment, day('2026-11-20'))).toBe('current')
  expect(standingOf(assignment, day('2026-11-22'))).toBe('current')
  expect(standingOf(assignment, day('2026-11-23'))).toBe('past')
})

test('without a last day it lasts', () => {
  expect(standingOf({ from: day('2026-11-20') }, day('2030-01-01'))).toBe('current')
})
