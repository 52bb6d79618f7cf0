import { expect, test } from 'vitest'
import { idOf } from '#tests/support/transfer-line.ts'
import { tallyOf } from './move-tally.ts'

const steps = (...visits: number[]) => visits.map((visit) => ({ visit: idOf(visit) }))

test('an event counts once, by the first of its steps that was not noted', () => {
  expect(
    tallyOf(steps(1, 1, 2, 2, 3, 4), [
      'done',
      'done',
      'done',
      'not-allowed',
      'conflict',
      'conflict'
    ])
  ).toEqual({
    done: 1,
    left: [
      { outcome: 'conflict', count: 2 },
      { outcome: 'not-allowed', count: 1 }
    ]
  })
  expect(tallyOf(steps(1, 1), ['incomplete', 'done'])).toEqual({
    done: 0,
    left: [{ outcome: 'incomplete', count: 1 }]
  })
  expect(tallyOf(steps(1), ['done'])).toEqual({ done: 1, left: [] })
})
