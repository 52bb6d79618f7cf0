import { expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import { writtenStateOf, type WrittenState } from './written-state.ts'

const stamped = toMoment(Date.parse('2026-03-02T09:00:00Z'))
const received = toMoment(Date.parse('2026-03-02T09:05:00Z'))
const id = 'note' as EntryId
const line = (seq: number, state: WrittenState, entry = id) => ({
  seq,
  state,
  entry,
  ...(state === 'delivered' ? { deliveredAt: received } : {})
})

test.each([
  ['a draft nobody sent', 'draft', [line(1, 'draft')], 'draft'],
  ['a draft the server has', 'draft', [line(1, 'delivered')], 'draft'],
  ['signed here', 'signed', [line(1, 'delivered'), line(2, 'waiting')], 'waiting'],
  ['signed and received', 'signed', [line(2, 'delivered'), line(1, 'delivered')], 'delivered'],
  ['for the office to decide', 'signed', [line(2, 'awaiting-decision')], 'awaiting-decision'],
  ['refused', 'draft', [line(2, 'needs-attention')], 'needs-attention'],
  ['of another note', 'signed', [line(9, 'waiting', 'other' as EntryId)], 'delivered']
] as const)('a note %s has one state', (_, state, lines, expected) => {
  expect(writtenStateOf({ id, at: stamped, data: { state } }, lines).state).toBe(expected)
})

test('delivered is said with the time of the receipt, or of the server’s stamp', () => {
  const note = { id, at: stamped, data: { state: 'signed' as const } }
  expect(writtenStateOf(note, [line(1, 'delivered')]).deliveredAt).toBe(received)
  expect(writtenStateOf(note, []).deliveredAt).toBe(stamped)
})
