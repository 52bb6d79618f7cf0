import { expect, test } from 'vitest'
import type { Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Visit } from '#contract/visit.ts'
import { endedBy } from './ended-at-lock.ts'

const me = 'me' as UserId
const at = (clock: string) => `2026-11-23T${clock}:00.000Z` as Moment
const visit = (state: Visit['state'], startedAt?: Moment, endedAt?: Moment, worker = me) => ({
  worker,
  state,
  ...(startedAt ? { startedAt } : {}),
  ...(endedAt ? { endedAt } : {})
})

const yesterday = visit('started', '2026-11-22T09:00:00.000Z' as Moment)
const now = visit('started', at('09:00'))
const sibling = visit('started', at('09:00'))
const later = visit('started', at('11:00'))
const others = visit('started', at('09:30'), undefined, 'other' as UserId)

test('a press ends what was started last before it, siblings together, and nobody else’s', () => {
  expect(endedBy([yesterday, now, sibling, later, others], me, at('10:00'))).toEqual([now, sibling])
})

test('a visit forgotten since yesterday is ended only when nothing else runs', () => {
  expect(endedBy([yesterday], me, at('10:00'))).toEqual([yesterday])
})

test('a time that was applied already is known, and one whose visit was ended otherwise belongs nowhere', () => {
  const done = visit('completed', at('09:00'), at('10:00'))
  expect(endedBy([done], me, at('10:00'))).toBe('known')
  expect(endedBy([done, later], me, at('10:30'))).toBe('gone')
})
