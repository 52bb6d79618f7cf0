import { describe, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import { visitRecordSchema } from '#contract/visit.ts'
import {
  recordCompleted,
  recordKilometres,
  recordNotHeld,
  recordShare,
  recordStart,
  type Occasion
} from './recording.ts'

const at = (text: string) => toMoment(Date.parse(`2026-03-02T${text}:00+02:00`))
const now = Date.parse('2026-03-02T09:05:42+02:00')

const planned = {
  id: '0198c0de-0000-7000-8000-000000000001',
  decision: '0198c0de-0000-7000-8000-000000000002',
  product: 'home-service',
  plannedStart: at('09:00')
} as Occasion

describe('recording a visit', () => {
  test('starts it at this minute', () => {
    expect(recordStart(planned, now)).toMatchObject({ startedAt: at('09:05'), state: 'started' })
  })

  test('ends it when it was said to end', () => {
    expect(recordCompleted(planned, at('09:00'), at('10:30'))).toMatchObject({
      endedAt: at('10:30'),
      state: 'completed'
    })
  })

  test('of nobody at home spans from the planned time to now', () => {
    expect(recordNotHeld(planned, 'not-at-home', now)).toMatchObject({
      startedAt: at('09:00'),
      endedAt: at('09:05')
    })
  })

  test('cancelled beforehand has no end, and keeps the reason', () => {
    const record = recordNotHeld(planned, 'cancelled-in-time', now, ' Lapsi kuumeessa ')
    expect(record).toMatchObject({ startedAt: at('09:00'), reason: 'Lapsi kuumeessa' })
    expect(record.endedAt).toBeUndefined()
  })

  test('recorded as not held before its time does not end before it begins', () => {
    const later = { ...planned, plannedStart: at('12:00') }
    expect(recordNotHeld(later, 'not-at-home', now).endedAt).toBe(at('12:00'))
  })

  test('shared by siblings keeps its share when it ends, and none of what was not held', () => {
    const runs = { ...planned, startedAt: at('09:05'), split: { of: 2, part: 1 } }
    expect(recordCompleted(runs, at('09:05'), at('10:30')).split).toEqual(runs.split)
    expect(recordNotHeld(runs, 'not-at-home', now).split).toBeUndefined()
  })

  test('told with another share says the rest as it was said, and why where somebody asks', () => {
    const times = { startedAt: at('09:05'), endedAt: at('10:30') }
    const held = { ...planned, ...times, state: 'completed' as const, reason: 'Unohdin aloittaa' }
    const split = { of: 3, part: 2 }
    expect(recordShare(held, split)).toMatchObject({ ...times, split, reason: 'Unohdin aloittaa' })
    const alone = recordShare({ ...held, split }, null, 'Kirjasin väärin')
    expect(alone).toMatchObject({ state: 'completed', reason: 'Kirjasin väärin' })
    expect(alone.split).toBeUndefined()
    const runs = { ...planned, startedAt: at('09:05'), state: 'started' as const }
    expect(recordShare(runs, split)).toMatchObject({ state: 'started', split })
  })

  test('is what the contract accepts, whatever was tapped', () => {
    for (const record of [
      recordStart(planned, now),
      recordCompleted(planned, at('09:00'), at('09:00')),
      recordNotHeld(planned, 'not-at-home', now),
      recordNotHeld({ ...planned, startedAt: at('09:05') }, 'cancelled-late', now),
      recordNotHeld(planned, 'cancelled-by-provider', now, '  ')
    ]) {
      expect(visitRecordSchema.safeParse(record).success).toBe(true)
    }
  })
})

test('what was driven is told with what stands: no time and no reason of it changes', () => {
  const held = {
    ...planned,
    startedAt: at('09:00'),
    endedAt: at('10:30'),
    reason: 'Unohdin aloittaa'
  }
  expect(recordKilometres(held, 12.5)).toEqual({
    ...recordCompleted(held, at('09:00'), at('10:30'), 'Unohdin aloittaa'),
    kilometres: 12.5
  })
})
