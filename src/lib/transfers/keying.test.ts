import { expect, test } from 'vitest'
import { idOf, transferLine as line } from '#tests/support/transfer-line.ts'
import { keyingActOf } from './keying-keys.ts'
import { besideIn, keyedFields, keyingQueue, placeIn } from './keying.ts'

test('the list is worked through client by client, and what is ticked off is not in it', () => {
  const lines = [
    line(1, { state: 'recorded' }),
    line(2),
    line(3, { state: 'draft', day: '2026-11-04' }),
    line(4, { client: 2, number: 'PS-2' })
  ]
  const queue = keyingQueue(lines)
  expect(queue.map(({ visit }) => visit)).toEqual([idOf(2), idOf(3), idOf(4)])
  expect(placeIn(queue, idOf(3))).toMatchObject({ client: 1, clients: 2, visit: 2, visits: 2 })
  expect(placeIn(queue, idOf(1))).toBeNull()
  expect(besideIn(lines, idOf(4), 1)?.visit).toBe(idOf(2))
  expect(besideIn(lines, idOf(2), -1)?.visit).toBe(idOf(4))
  expect(besideIn(lines, idOf(3), -1)?.visit).toBe(idOf(2))
  // From what is no longer to be typed one goes on from its place.
  expect(besideIn(lines, idOf(1), -1)?.visit).toBe(idOf(4))
  expect(besideIn(lines.slice(0, 2), idOf(2), 1)?.visit).toBe(idOf(2))
  expect(besideIn(lines, idOf(9), 1)?.visit).toBe(idOf(2))
  expect(besideIn([], idOf(9), 1)).toBeNull()
})

test('the fields are in the order of the portal’s form, and what is not known is not asked for', () => {
  const settings = {
    terms: [{ organiser: 'mallikunta', settlementDay: 6, purchasedThrough: 'palse' as const }],
    products: [],
    profiles: []
  }
  expect(keyedFields(line(1), settings).map(({ column, text }) => [column, text])).toEqual([
    ['number', 'PS-1'],
    ['code', 'KOTI'],
    ['startDay', '3.11.2026'],
    ['startTime', '09:00'],
    ['endDay', '3.11.2026'],
    ['endTime', '10:30'],
    ['units', '1,50'],
    ['value', '60,00']
  ])
})

test('a key that is held down notes nothing a second time, and goes on moving', () => {
  const held = (key: string, repeat: boolean) =>
    keyingActOf({ key, repeat, ctrlKey: false, metaKey: false, altKey: false })
  expect(['k', 'L', 'u'].map((key) => held(key, false))).toEqual(['tick', 'draft', 'undo'])
  expect(['k', 'L', 'u'].map((key) => held(key, true))).toEqual([null, null, null])
  expect(['ArrowRight', 'ArrowLeft'].map((key) => held(key, true))).toEqual(['pass', 'back'])
  const copy = { key: 'l', repeat: false, ctrlKey: true, metaKey: false, altKey: false }
  expect([keyingActOf(copy), held('x', false)]).toEqual([null, null])
})
