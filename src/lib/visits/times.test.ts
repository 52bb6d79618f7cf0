import { describe, expect, test } from 'vitest'
import { toMoment, type Moment } from '#contract/day.ts'
import { clockTimeOf, nearestAt, stopAt, wholeMinute } from './times.ts'

const at = (text: string) => toMoment(Date.parse(text))

describe('times of a visit', () => {
  test('are kept to the minute', () => {
    expect(wholeMinute(Date.parse('2026-03-02T09:05:59.900+02:00'))).toBe(
      at('2026-03-02T09:05:00+02:00')
    )
  })

  test.each([
    ['2026-03-02T09:05:00+02:00', '08:55', '2026-03-02T08:55:00+02:00'],
    ['2026-03-02T23:50:00+02:00', '00:10', '2026-03-03T00:10:00+02:00'],
    ['2026-03-03T00:10:00+02:00', '23:50', '2026-03-02T23:50:00+02:00'],
    ['2026-07-02T09:05:00+03:00', '09:05', '2026-07-02T09:05:00+03:00']
  ])('a start of %s corrected to %s is %s', (reference, text, expected) => {
    expect(nearestAt(at(reference), text)).toBe(at(expected))
  })

  test.each([
    ['2026-03-02T09:05:00+02:00', '10:20', '2026-03-02T10:20:00+02:00'],
    ['2026-03-02T23:30:00+02:00', '00:15', '2026-03-03T00:15:00+02:00'],
    ['2026-03-02T09:05:00+02:00', '09:05', '2026-03-02T09:05:00+02:00']
  ])('a visit from %s that stops at %s ends %s', (start, text, expected) => {
    expect(stopAt(at(start), text)).toBe(at(expected))
  })

  test('in the hour that autumn repeats an untouched time stays the instant that it was', () => {
    const second = at('2026-10-25T03:30:00+02:00')
    expect(clockTimeOf(second)).toBe('03:30')
    expect(nearestAt(second, '03:30')).toBe(second)
    expect(stopAt(at('2026-10-25T02:45:00+03:00'), '03:30', second)).toBe(second)
  })

  test.each(['', '9', '24:00', '12:60', 'noon'])('"%s" is no time', (text) => {
    const reference: Moment = at('2026-03-02T09:05:00+02:00')
    expect(nearestAt(reference, text)).toBeNull()
    expect(stopAt(reference, text)).toBeNull()
  })
})
