import { expect, test } from 'vitest'
import { lockRules, mustLock, type Watch } from './auto-lock.ts'

const minute = 60_000
const watch: Watch = { openedAt: 0, touchedAt: 0, hiddenAt: null, drift: 1_000_000 }
const at = (steady: number, more: { wall?: number; visitRunning?: boolean } = {}) => ({
  steady,
  wall: more.wall ?? steady + watch.drift,
  visitRunning: more.visitRunning ?? false
})

test.each<[string, Watch, ReturnType<typeof at>, boolean]>([
  ['touched four minutes ago', watch, at(4 * minute), false],
  ['untouched for five', watch, at(5 * minute), true],
  ['untouched for five during a visit', watch, at(5 * minute, { visitRunning: true }), false],
  ['untouched for fifteen during a visit', watch, at(15 * minute, { visitRunning: true }), true],
  ['hidden for a minute', { ...watch, hiddenAt: 0 }, at(minute), false],
  ['hidden for longer', { ...watch, hiddenAt: 0 }, at(minute + 1), true],
  [
    'hidden for longer during a visit',
    { ...watch, hiddenAt: 0 },
    at(4 * minute, { visitRunning: true }),
    false
  ],
  ['the clock jumped ahead', watch, at(1000, { wall: watch.drift + 1000 + 61_000 }), true],
  ['the clock was set back', watch, at(1000, { wall: watch.drift - 61_000 }), true],
  ['open for twelve hours', { ...watch, touchedAt: 12 * 60 * minute }, at(12 * 60 * minute), true]
])('%s', (_, seen, now, expected) => {
  expect(mustLock(seen, now, lockRules)).toBe(expected)
})
