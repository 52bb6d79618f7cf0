import { expect, test } from 'vitest'
import { isDue } from './schedule.ts'

const hour = 3_600_000

test.each([
  [null, 24, true],
  [0, 24, false],
  [23.4, 24, false],
  [23.6, 24, true],
  [400, 24, true],
  [0.4, 1, false],
  [0.6, 1, true]
])('a backup that is %s hours old, of every %s: due %s', (age, hours, due) => {
  const now = 1000 * hour
  expect(isDue(age === null ? null : now - age * hour, hours, now)).toBe(due)
})
