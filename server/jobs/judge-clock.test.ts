import { expect, test } from 'vitest'
import type { ClockFact } from '#server/store/clock-fact.ts'
import { judgeClock, type ClockState } from './judge-clock.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 5, 1)

/** What the server makes of each of these times, one look after the other. */
function looksAt(...times: readonly number[]): ClockState[] {
  let fact: ClockFact | null = null
  return times.map((time) => {
    const judged = judgeClock(fact, start + time)
    fact = judged.fact
    return judged.state
  })
}

test.each<[string, readonly number[], readonly ClockState[]]>([
  ['an hour after another', [0, hour, 2 * hour], ['right', 'right', 'right']],
  ['steps of a clock that is kept right', [0, -5 * minute, hour], ['right', 'right', 'right']],
  ['a server that was off for six days', [0, 6 * day], ['right', 'right']],
  [
    'a leap of a year, hour by hour',
    [0, 365 * day, 365 * day + 23 * hour],
    ['right', 'ahead', 'ahead']
  ],
  ['a leap that lasted a day', [0, 365 * day, 366 * day], ['right', 'ahead', 'right']],
  [
    'a leap that is taken back',
    [0, 365 * day, hour, 2 * hour],
    ['right', 'ahead', 'right', 'right']
  ],
  [
    'a leap, and another one',
    [0, 30 * day, 60 * day, 60 * day + hour],
    ['right', 'ahead', 'ahead', 'ahead']
  ],
  ['a leap taken back too far', [0, 30 * day, -day, hour], ['right', 'ahead', 'behind', 'right']],
  ['an hour back, until it has caught up', [0, -hour, -minute], ['right', 'behind', 'right']],
  ['a year back', [0, -365 * day, -364 * day], ['right', 'behind', 'behind']],
  [
    'a believed leap that is taken back',
    [0, 30 * day, 31 * day, hour],
    ['right', 'ahead', 'right', 'behind']
  ]
])('the clock after %s', (_, times, states) => {
  expect(looksAt(...times)).toEqual(states)
})
