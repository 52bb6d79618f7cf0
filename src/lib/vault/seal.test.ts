import { expect, test } from 'vitest'
import { open, seal, type Place } from './seal.ts'

const owner = { user: 'user-a', device: 'device-a' }
const place: Place = {
  table: 'customerships',
  customership: 'c1',
  revision: 3,
  view: 'k3',
  purgeAfter: null
}
const value = { entries: [{ id: 'e', words: 'Aino söi puuron.' }] }
const bytes = new TextEncoder().encode(JSON.stringify(value))
const makeKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

test('what is sealed opens, and its length tells only a step of 256 bytes', async () => {
  const key = await makeKey()
  const sealed = await seal(key, owner, place, bytes)
  expect(await open(key, owner, place, sealed)).toEqual(value)
  expect((sealed.byteLength - 12 - 16) % 256).toBe(0)
  const longer = await seal(key, owner, place, new TextEncoder().encode('{"a":1}'))
  expect(longer.byteLength).toBe(sealed.byteLength)
})

test('a single bit flipped anywhere and nothing opens', async () => {
  const key = await makeKey()
  const sealed = await seal(key, owner, place, bytes)
  for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
    const flipped = new Uint8Array(sealed.slice(0))
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    expect(await open(key, owner, place, flipped.buffer)).toBeNull()
  }
})

test.each<[string, Partial<Place>, Partial<typeof owner>]>([
  ['another table', { table: 'faces' }, {}],
  ['another customership', { customership: 'c2' }, {}],
  ['another row', { item: 'x' }, {}],
  ['an older revision', { revision: 2 }, {}],
  ['another view', { view: 'k4' }, {}],
  ['a longer life', { purgeAfter: '2099-01-01' as Place['purgeAfter'] & string }, {}],
  ['another user', {}, { user: 'user-b' }],
  ['another device', {}, { device: 'device-b' }]
])('a value does not open as one of %s', async (_, elsewhere, other) => {
  const key = await makeKey()
  const sealed = await seal(key, owner, place, bytes)
  expect(await open(key, { ...owner, ...other }, { ...place, ...elsewhere }, sealed)).toBeNull()
})
