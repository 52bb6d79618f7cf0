import { describe, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import { visitRecordSchema } from '#contract/visit.ts'
import { recordCompleted, recordNotHeld, recordStart, type Occasion } from './recording.ts'

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
