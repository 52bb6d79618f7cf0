import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day } from './day.ts'
import {
  noticeInForce,
  noticeToAcknowledge,
  noticeWaiting,
  type NoticeDates
} from './notice-in-force.ts'

const begin = '2026-11-01' as Day
const notice = (version: number, from: string, isSignificant = false): NoticeDates => ({
  version,
  effectiveFrom: from as Day,
  isSignificant
})
const three = [
  notice(1, '2026-11-01', true),
  notice(2, '2026-12-01'),
  notice(3, '2027-01-01', true)
]

test('§14 until its day a version waits, and the former is in force', () => {
  const on = (day: string) => [
    noticeInForce(three, day as Day)?.version,
    noticeWaiting(three, day as Day)?.version
  ]
  expect(on('2026-10-15')).toEqual([1, 3])
  expect(on('2026-11-30')).toEqual([1, 3])
  expect(on('2026-12-01')).toEqual([2, 3])
  expect(on('2026-12-31')).toEqual([2, 3])
  expect(on('2027-01-01')).toEqual([3, undefined])
})

test('§14 a significant version is acknowledged from its day on, another never asks', () => {
  const asked = (known: number | null, day: string) => noticeToAcknowledge(three, known, day as Day)
  expect(asked(null, '2026-11-02')).toBe(1)
  expect(asked(1, '2026-11-02')).toBeNull()
  expect(asked(1, '2026-12-02')).toBeNull()
  expect(asked(null, '2026-12-02')).toBe(2)
  expect(asked(1, '2026-12-31')).toBeNull()
  expect(asked(1, '2027-01-01')).toBe(3)
  expect(asked(2, '2027-01-01')).toBe(3)
  expect(asked(3, '2027-06-01')).toBeNull()
})

test('§14 a significant version that another replaced on its own day is still told', () => {
  const replaced = [...three, notice(4, '2027-01-01')]
  expect(noticeInForce(replaced, '2027-01-01' as Day)?.version).toBe(4)
  expect(noticeToAcknowledge(replaced, 2, '2027-01-01' as Day)).toBe(4)
  expect(noticeToAcknowledge(replaced, 4, '2027-01-01' as Day)).toBeNull()
})

/** As they are published: numbers rise, and no version comes before the one before it. */
const published = fc
  .array(fc.record({ later: fc.nat(40), isSignificant: fc.boolean() }), {
    minLength: 1,
    maxLength: 8
  })
  .map((steps) => {
    let day = begin
    return steps.map(({ later, isSignificant }, index) => {
      day = addDays(day, later)
      return { version: index + 1, effectiveFrom: day, isSignificant }
    })
  })

test('§14 whoever acknowledges what they are asked is asked nothing more that day, and knows what is in force', () => {
  fc.assert(
    fc.property(published, fc.nat(400), fc.option(fc.nat(8)), (versions, later, known) => {
      const today = addDays(begin, later)
      const asked = noticeToAcknowledge(versions, known, today)
      if (asked === null) return
      expect(asked).toBe(noticeInForce(versions, today)?.version)
      expect(noticeToAcknowledge(versions, asked, today)).toBeNull()
    })
  )
})

test('§14 what is in force never goes back, and no significant version is passed over', () => {
  fc.assert(
    fc.property(published, fc.nat(300), fc.nat(60), (versions, first, later) => {
      const day = addDays(begin, first)
      const next = addDays(day, later)
      const known = noticeInForce(versions, day)?.version ?? 0
      expect(noticeInForce(versions, next)?.version ?? 0).toBeGreaterThanOrEqual(known)
      const isNews = versions.some(
        ({ version, effectiveFrom, isSignificant }) =>
          isSignificant && version > known && effectiveFrom <= next
      )
      expect(noticeToAcknowledge(versions, known, next) !== null).toBe(isNews)
    })
  )
})
