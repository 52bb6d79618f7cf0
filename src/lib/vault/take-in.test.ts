import { expect, test } from 'vitest'
import { linesOf } from '#lib/http/lines.ts'
import { readFrames, type Whole } from './take-in.ts'

const id = (n: number) => `5f0c2f3e-1111-4222-8333-${String(n).padStart(12, '0')}`
const customership = (n: number, more: object = {}) => ({
  frame: 'customership',
  id: id(n),
  revision: 1,
  view: 'view1',
  reset: true,
  purgeAfter: null,
  entries: [],
  ...more
})
const purge = (n: number) => ({ frame: 'purge', customership: id(n) })

function streamOf(text: string, sliceBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close()
      else controller.enqueue(bytes.slice(at, (at += sliceBytes)))
    }
  })
}

async function read(frames: readonly unknown[], o: { sliceBytes?: number; cutTo?: number } = {}) {
  const seen: string[] = []
  const wholes: Whole[] = []
  const others: unknown[] = []
  const text = frames
    .map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame)) + '\n')
    .join('')
    .slice(0, o.cutTo)
  const ended = await readFrames(linesOf(streamOf(text, o.sliceBytes ?? 7)), {
    wholes: async (batch) => {
      wholes.push(...batch)
      seen.push(...batch.map(({ frame }) => frame.id))
    },
    newer: async ({ id }) => void seen.push(`newer ${id}`),
    frame: async (frame) => {
      others.push(frame)
      seen.push((frame as { frame: string }).frame)
    }
  })
  return { ended, seen, wholes, others }
}

test('frames come in their order, and a customership is sealed as the bytes that arrived', async () => {
  const { seen, wholes } = await read([
    purge(9),
    { frame: 'scope', customerships: 2 },
    customership(1),
    customership(2)
  ])
  expect(seen).toEqual(['purge', 'scope', id(1), id(2)])
  expect(new TextDecoder().decode(wholes[0]!.json)).toBe(JSON.stringify(customership(1)))
})

test('a stream cut anywhere keeps what came whole and says that it did not end', async () => {
  const frames = [customership(1), customership(2), customership(3)]
  const line = JSON.stringify(frames[0]).length + 1
  for (let cutTo = 0; cutTo <= line * 3; cutTo += 11) {
    const { ended, wholes } = await read(frames, { cutTo, sliceBytes: 64 })
    expect(ended).toBe(false)
    expect(wholes.length).toBe(Math.floor(cutTo / line))
  }
})

test('properties of a newer server are passed over; its kinds are kept for a newer tablet, its frames judged elsewhere', async () => {
  const entry = { id: id(7), kind: 'mood', revision: 1, at: '', by: '', data: { calm: true } }
  const { wholes, seen } = await read([
    { frame: 'weather', customership: id(1) },
    customership(1, { colour: 'blue' }),
    customership(2, { entries: [entry] }),
    customership(3, { entries: [{ id: id(7), revision: 1 }] })
  ])
  expect(seen).toEqual(['weather', id(1), id(2)])
  expect(wholes[0]!.frame).not.toHaveProperty('colour')
  expect(wholes[1]!.frame.entries).toEqual([entry])
})

test('parts take effect at the last, from one revision, or not at all', async () => {
  const removed = (n: number) => ({ id: id(n), revision: 3, removed: true })
  const whole = await read([
    customership(1, { part: 1, entries: [removed(10)] }),
    customership(1, { part: 2, entries: [removed(11)] }),
    customership(1, { part: 3, last: true, entries: [removed(12)] })
  ])
  expect(whole.wholes.map(({ frame }) => frame.entries.length)).toEqual([3])
  const cut = await read([customership(1, { part: 1 }), customership(1, { part: 2 })])
  expect(cut.wholes).toEqual([])
  const torn = await read([
    customership(1, { part: 1 }),
    customership(1, { part: 2, last: true, revision: 2 })
  ])
  expect(torn.wholes).toEqual([])
})

test('what is not JSON ends the reading: the rest is not ours', async () => {
  const { seen, ended } = await read([customership(1), '<html>', customership(2)])
  expect(seen).toEqual([id(1)])
  expect(ended).toBe(false)
})

test('§13 that processing is restricted comes with the customership, and is a day or nothing', async () => {
  const restricted = customership(1, { restrictedOn: '2026-11-22' })
  const { wholes } = await read([restricted, customership(2, { restrictedOn: 5 }), customership(3)])
  expect(wholes.map(({ frame }) => [frame.id, frame.restrictedOn])).toEqual([
    [id(1), '2026-11-22'],
    [id(3), undefined]
  ])
})
