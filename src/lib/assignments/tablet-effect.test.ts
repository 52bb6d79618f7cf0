import { expect, test } from 'vitest'
import type { Assignment } from '#contract/assignment.ts'
import type { Holding } from '#contract/customership.ts'
import { daySchema } from '#contract/day-shape.ts'
import { toMoment } from '#contract/day.ts'
import { deviceIdSchema, userIdSchema } from '#contract/id.ts'
import { effectOf, tabletEffect } from './tablet-effect.ts'

const day = (text: string) => daySchema.parse(text)
const worker = userIdSchema.parse('01935b2e-7c00-7000-8000-000000000001')
const at = { today: day('2026-11-22'), aheadDays: 2 }
const heldAt = toMoment(Date.parse('2026-11-22T07:42:00Z'))
const holding: Holding = {
  device: deviceIdSchema.parse('01935b2e-7c00-7000-8000-000000000002'),
  deviceName: 'Tabletti',
  user: worker,
  userName: 'Helmi',
  sentAt: heldAt,
  heldRevision: 3,
  heldAt,
  purgedAt: null,
  leaseUntil: null,
  waiting: 0
}
const assignment = (from: string, until?: string): Assignment => ({
  worker,
  from: day(from),
  tasks: ['care'],
  ...(until ? { until: day(until) } : {})
})

test('a client comes to the tablet a few days ahead, and at the next contact once the day is there', () => {
  expect(tabletEffect(assignment('2026-11-26'), [], at)).toEqual({
    kind: 'from',
    day: '2026-11-24'
  })
  expect(tabletEffect(assignment('2026-11-24'), [], at)).toEqual({ kind: 'next' })
  const unconfirmed = { ...holding, heldAt: null, heldRevision: null }
  expect(tabletEffect(assignment('2026-11-20'), [unconfirmed], at)).toEqual({ kind: 'next' })
})

test('what the tablet holds is said with when it said so, and until when', () => {
  expect(tabletEffect(assignment('2026-11-20', '2026-11-23'), [holding], at)).toEqual({
    kind: 'held',
    at: heldAt,
    until: '2026-11-23'
  })
})

test('§7 what has ended is said to go until the tablet has said that it is gone', () => {
  const ended = assignment('2026-11-01', '2026-11-21')
  expect(tabletEffect(ended, [holding], at)).toEqual({ kind: 'goes' })
  expect(tabletEffect(ended, [{ ...holding, purgedAt: heldAt }], at)).toEqual({ kind: 'gone' })
  expect(tabletEffect(ended, [], at)).toEqual({ kind: 'never' })
})

test('before saving it is said when the client comes and goes', () => {
  expect(effectOf(assignment('2026-11-22', '2026-11-23'), at)).toEqual({
    comes: 'now',
    goes: '2026-11-23'
  })
  expect(effectOf(assignment('2026-12-01'), at)).toEqual({ comes: '2026-11-29', goes: null })
  expect(effectOf(assignment('2026-11-01', '2026-11-21'), at)).toEqual({ comes: null, goes: 'now' })
})
