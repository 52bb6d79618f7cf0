import { expect, test } from 'vitest'
import type { TransferLine } from '#contract/transfers.ts'
import { idOf, transferLine as line } from '#tests/support/transfer-line.ts'
import { KeyingHand } from './keying-hand.svelte.ts'

/** A hand on what a month holds, and the month as it is read anew. */
function over(...lines: TransferLine[]) {
  const month = { lines }
  const hand = new KeyingHand(() => month.lines)
  hand.begin()
  const becomes = (...next: TransferLine[]) => {
    month.lines = next
    hand.begin()
  }
  return { hand, becomes }
}

const seen = ({ shown, stray }: KeyingHand) => [shown?.visit, stray]

test('what is being typed stays under the hands when a colleague notes it, and is said to be noted', () => {
  const { hand, becomes } = over(line(1), line(2))
  becomes(line(1, { state: 'recorded' }), line(2))
  expect(seen(hand)).toEqual([idOf(1), 'noted'])
  hand.go(1)
  expect(seen(hand)).toEqual([idOf(2), null])
})

test('a colleague’s draft, and a visit that is no longer to be told, are said', () => {
  const { hand, becomes } = over(line(1), line(2))
  becomes(line(1, { state: 'draft' }), line(2))
  expect(seen(hand)).toEqual([idOf(1), 'begun'])
  becomes(line(1, { minutes: 0 }), line(2))
  expect(seen(hand)).toEqual([idOf(1), 'gone'])
  becomes(line(2))
  expect(seen(hand)).toEqual([idOf(1), 'gone'])
  hand.go(-1)
  expect(seen(hand)).toEqual([idOf(2), null])
})

test('what was put right is shown as it was begun, with its own fingerprint, until it is looked at anew', () => {
  const { hand, becomes } = over(line(1), line(2))
  becomes({ ...line(1, { minutes: 120 }), fingerprint: 'g' }, line(2))
  expect(seen(hand)).toEqual([idOf(1), 'corrected'])
  expect([hand.shown?.claim.minutes, hand.shown?.fingerprint]).toEqual([90, 'f'])
  hand.goTo(idOf(1))
  expect(seen(hand)).toEqual([idOf(1), null])
  expect([hand.shown?.claim.minutes, hand.shown?.fingerprint]).toEqual([120, 'g'])
})

test('an earlier event that arrives does not take the place of what is being typed', () => {
  const { hand, becomes } = over(line(2), line(3))
  becomes(line(1), line(2), line(3))
  expect(seen(hand)).toEqual([idOf(2), null])
  expect(hand.place).toMatchObject({ visit: 2, visits: 3 })
})

test('with the last one noted nothing lies before anybody, and what comes later comes up', () => {
  const { hand, becomes } = over(line(1))
  const noted = line(1, { state: 'recorded' })
  becomes(noted)
  hand.noted({ visit: idOf(1), event: noted.event?.id ?? '', to: 'recorded', steps: 1 })
  expect([hand.shown, hand.undoable?.visit]).toEqual([null, idOf(1)])
  becomes(noted, line(2))
  expect(seen(hand)).toEqual([idOf(2), null])
})

test('only this desk’s own step is taken back: not what a colleague made of it since', () => {
  const noted = line(1, { state: 'recorded' })
  const { hand, becomes } = over(noted, line(2))
  const event = noted.event?.id ?? ''
  hand.noted({ visit: idOf(1), event, to: 'recorded', steps: 1 })
  expect(hand.undoable?.visit).toBe(idOf(1))
  becomes(line(1, { state: 'approved' }), line(2))
  expect(hand.undoable).toBeNull()
  // Taken back by a colleague, and noted again: the same state, and another event.
  becomes({ ...noted, event: noted.event && { ...noted.event, id: idOf(777) } }, line(2))
  expect(hand.undoable).toBeNull()
  // There and back again is two steps more.
  const step = noted.event?.data.history[0]
  if (!noted.event || !step) throw new Error('it was noted')
  const history = [
    step,
    { ...step, state: 'approved' as const },
    { ...step, takesBack: true as const }
  ]
  becomes({ ...noted, event: { ...noted.event, data: { ...noted.event.data, history } } }, line(2))
  expect(hand.undoable).toBeNull()
  becomes(noted, line(2))
  hand.takenBack(idOf(1))
  expect(hand.undoable).toBeNull()
})
