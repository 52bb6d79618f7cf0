import { expect, test } from 'vitest'
import type { Moment } from '#contract/day.ts'
import type { Visit } from '#contract/visit.ts'
import { isUntoldAt, minutesOf, readRecord, type RecordForm } from './record-form.ts'

const known = '2026-11-22T20:30:00Z' as Moment
const visit = { decision: 'd', product: 'p', worker: 'w' }
const now = Date.parse('2026-11-23T06:00:00Z')
const form: RecordForm = {
  outcome: 'completed',
  start: '22:40',
  end: '0:10',
  reason: 'Paperisesta päivälistasta'
}

test('times stand on the visit’s own day, and over its midnight', () => {
  expect(readRecord(form, known, now)).toEqual({
    fault: null,
    record: {
      state: 'completed',
      reason: 'Paperisesta päivälistasta',
      startedAt: '2026-11-22T20:40:00.000Z',
      endedAt: '2026-11-22T22:10:00.000Z'
    }
  })
})

test('how long it lasted is told before the reason is, and not of what was cancelled', () => {
  expect(minutesOf({ ...form, outcome: 'not-at-home' }, known)).toBe(90)
  expect(minutesOf({ ...form, end: '' }, known)).toBeNull()
  expect(minutesOf({ ...form, outcome: 'cancelled-in-time' }, known)).toBeNull()
})

test('what was cancelled was to be when it was planned, and has no end', () => {
  const cancelled = { ...form, outcome: 'cancelled-late', start: '', end: '' } as const
  expect(readRecord(cancelled, known, now).record).toEqual({
    state: 'cancelled-late',
    reason: 'Paperisesta päivälistasta',
    startedAt: known
  })
})

test.each([
  ['no start', { start: '' }, 'start'],
  ['no end', { end: '' }, 'end'],
  ['a start to come', { start: '9:00' }, 'start-future'],
  ['an end to come', { end: '9:00' }, 'end-future'],
  ['no reason', { reason: ' ' }, 'reason']
] as const)('a record with %s is asked about', (_, change, fault) => {
  expect(readRecord({ ...form, ...change }, known, now)).toEqual({ fault, record: null })
})

test.each([
  ['a planned visit whose end is past', { state: 'planned', plannedStart: known }, true],
  ['one that still goes on', { state: 'planned', plannedEnd: '2026-11-23T06:01:00Z' }, false],
  ['one left running over night', { state: 'started', startedAt: '2026-11-22T17:00:00Z' }, true],
  ['one that runs', { state: 'started', startedAt: '2026-11-23T05:00:00Z' }, false],
  ['one that was told', { state: 'completed', startedAt: known, endedAt: known }, false]
] as const)('the times of %s are asked for: %o', (_, given, isAsked) => {
  expect(isUntoldAt({ ...visit, ...given } as Visit, now)).toBe(isAsked)
})
