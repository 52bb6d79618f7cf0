import { expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { Visit } from '#contract/visit.ts'
import { changesTimes, needsReason, timesToLookAt, type KnownTimes } from './needs-reason.ts'

const at = (text: string) => toMoment(Date.parse(`2026-03-02T${text}:00+02:00`))
const runs: KnownTimes = { state: 'started', startedAt: at('09:05'), endedAt: at('10:32') }

test.each([
  ['ends when its button is pressed', '09:05', '10:32', false],
  ['ends a moment before', '09:05', '10:28', false],
  ['ended long ago, and nobody pressed', '09:05', '10:00', true],
  ['began before anybody pressed', '08:50', '10:32', true]
])('a visit that %s: it is asked why: %#', (_, start, end, isAsked) => {
  expect(needsReason(runs, at(start), at(end))).toBe(isAsked)
})

test('what is recorded already is changed with a reason, and without a change it is not recorded again', () => {
  const held = { ...runs, state: 'completed' as const }
  expect(needsReason(held, at('09:05'), at('10:31'))).toBe(true)
  expect(changesTimes(held, at('09:05'), at('10:32'))).toBe(false)
  expect(changesTimes({ ...held, state: 'not-at-home' }, at('09:05'), at('10:32'))).toBe(true)
})

test.each([
  ['10:00', '09:00', '10:00'],
  ['12:00', '09:00', '11:00']
])(
  'a visit that nobody started has its planned times, but at %s nothing after it',
  (now, start, end) => {
    const visit = { state: 'planned', plannedStart: at('09:00'), plannedEnd: at('11:00') } as Visit
    expect(timesToLookAt(visit, Date.parse(at(now)))).toEqual({
      state: 'planned',
      startedAt: at(start),
      endedAt: at(end)
    })
  }
)
