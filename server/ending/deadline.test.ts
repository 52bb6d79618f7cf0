import { expect, test } from 'vitest'
import type { ClosingRecord } from '#contract/closing.ts'
import { daySchema } from '#contract/day-shape.ts'
import { atDeadline, handOverOf } from './deadline.ts'

const today = daySchema.parse('2026-11-22')
const organiser = { organiser: true }
const provider = { organiser: false }
type Record = Pick<ClosingRecord, 'receipt' | 'holds'>
const holds = (...all: object[]) => ({ holds: all }) as unknown as Record
const receipt = { receipt: {}, holds: [] } as unknown as Record
const unconfirmed = (more: object) => ({ ground: 'unconfirmed-hand-over', ...more })

test.each<[string, Record, { organiser: boolean }, string]>([
  ['the receipt is there', receipt, organiser, 'delete'],
  ['nobody has confirmed the hand-over: a hold first', holds(), organiser, 'hold'],
  ['there is nobody to hand over to', holds(), provider, 'delete'],
  ['a legal hold stands', holds({ ground: 'legal-claim' }), organiser, 'keep'],
  [
    'a legal hold stands though the receipt is there',
    { ...receipt, ...holds({ ground: 'other' }) },
    organiser,
    'keep'
  ],
  ['the wait for a receipt runs', holds(unconfirmed({ until: today })), organiser, 'keep'],
  [
    'the wait for a receipt is over',
    holds(unconfirmed({ until: '2026-11-21' })),
    organiser,
    'delete'
  ],
  ['it was set aside', holds(unconfirmed({ until: '2026-12-21', ended: {} })), organiser, 'delete']
])('§7 at the deadline: %s', (_, record, controllers, what) => {
  expect(atDeadline(record, controllers, today)).toBe(what)
})

test('§7 the certificate tells a hand-over that nobody confirmed as that', () => {
  expect(handOverOf(receipt, organiser)).toBe('confirmed')
  expect(handOverOf(holds(), organiser)).toBe('unconfirmed')
  expect(handOverOf(holds(), provider)).toBe('not-needed')
})
