import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, DeviceId, OperationId, UserId } from '#contract/id.ts'
import type { FrameOf } from '#contract/pull.ts'
import { fromBase64url } from '#lib/device/base64url.ts'
import { RoomHouse } from '#tests/support/vault-room.ts'
import { Keyring } from './keyring.ts'
import type { PassphraseWrapping } from './keys.ts'
import { nearTo } from './near.ts'
import type { Resident, Room } from './room.ts'

const resident: Resident = {
  user: '019a9b2c-0000-7000-8000-00000000000a' as UserId,
  device: '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId,
  storage: 'opfs'
}
const passphrase = 'kuusi harmaata varista katolla'
const limit = 10
const customership = '5f0c2f3e-1111-4222-8333-444455556666' as CustomershipId
const time = Date.parse('2026-11-22T10:00:00Z')
const near = nearTo(time)

async function enrolled(): Promise<{ house: RoomHouse; room: Room; signingKey: string }> {
  const house = new RoomHouse()
  const room = house.room()
  const { signingKey } = await room.prepare()
  await room.create({ resident, passphrase, leaseKey: 'bGVhc2U' })
  return { house, room, signingKey }
}

const frame = (revision: number): FrameOf<'customership'> => ({
  frame: 'customership',
  id: customership,
  revision,
  view: 'view1',
  reset: true,
  purgeAfter: '2026-12-31' as Day,
  entries: []
})

test('the passphrase opens after a lock, another does not, and neither does a changed ring', async () => {
  const { house } = await enrolled()
  const again = house.room()
  expect(
    await again.unlock({ resident, by: { passphrase: 'jotain aivan muuta' }, limit, time })
  ).toEqual({
    result: 'wrong',
    left: 9
  })
  expect(
    await again.unlock({ resident, by: { passphrase: ` ${passphrase} ` }, limit, time })
  ).toEqual({
    result: 'open'
  })
  const file = house.files.get(resident.device)!
  // Inside the wrapped key, in the JSON of the first wrapping slot.
  const slot = new TextDecoder().decode(file.read(512, 512))
  const at = 512 + slot.indexOf('"wrapped":"') + 14
  const letter = file.read(at, 1)
  file.write(at, Uint8Array.of(letter[0] === 65 ? 66 : 65))
  const opened = await house.room().unlock({ resident, by: { passphrase }, limit, time })
  expect(opened.result).toBe('wrong')
})

test('what one tab fetches again after another one forgot it opens after a lock: its former key is gone', async () => {
  const { house, room } = await enrolled()
  const seal = (one: Room, revision: number) =>
    one.merge({ frames: [frame(revision)], rows: [], manifest: null, near })
  await seal(room, 1)
  await house.room().destroySlots({ resident, ids: [customership] })
  const [again] = await seal(room, 2)
  const put = [{ id: customership, revision: 2 }]
  const { sealed: manifest } = await room.changeManifest({ manifest: null, put })
  const other = house.room()
  await other.unlock({ resident, by: { passphrase }, limit, time })
  const rows = again ? [again.whole] : []
  const values = await other.openHeld({ table: 'customerships', rows, manifest })
  expect(values).toEqual([{ entries: [] }])
})

test('a wrapping moved to another user, or asked to be weaker, does not open', async () => {
  const { house } = await enrolled()
  const other = { ...resident, user: '019a9b2c-0000-7000-8000-00000000000b' as UserId }
  const moved = await house.room().unlock({ resident: other, by: { passphrase }, limit, time })
  expect(moved.result).toBe('wrong')
  const ring = new Keyring(house.place(resident.device))
  const { wrappings, signingKey, leaseKey } = await ring.contents()
  const wrapping = wrappings[0] as PassphraseWrapping
  const kdf = { ...wrapping.kdf, passes: 2 }
  await ring.create({ ...wrapping, kdf }, signingKey!, leaseKey!)
  const weaker = await house.room().unlock({ resident, by: { passphrase }, limit, time })
  expect(weaker.result).toBe('wrong')
  await ring.create({ ...wrapping, kdf: { ...kdf, memory: 1024 } }, signingKey!, Uint8Array.of(1))
  expect((await ring.contents()).wrappings).toEqual([])
})

test('after five wrong passphrases comes a delay, after ten nothing is left to open', async () => {
  const { house } = await enrolled()
  let at = time
  const wrong = () =>
    house.room().unlock({ resident, by: { passphrase: 'ei tämä ole' }, limit, time: at })
  for (let tries = 0; tries < 5; tries += 1) expect((await wrong()).result).toBe('wrong')
  expect((await wrong()).result).toBe('wait')
  for (let tries = 5; tries < 9; tries += 1) {
    at += 16 * 60_000
    expect((await wrong()).result).toBe('wrong')
  }
  at += 16 * 60_000
  expect((await wrong()).result).toBe('overwritten')
  const file = house.files.get(resident.device)!
  expect(file.read(512, 8 * 512).every((byte) => byte === 0)).toBe(true)
  const late = await house.room().unlock({ resident, by: { passphrase }, limit, time: at + 1e9 })
  expect(late.result).toBe('overwritten')
})

test('the signing key is the one that was enrolled, and never leaves unwrapped', async () => {
  const { house, signingKey } = await enrolled()
  const room = house.room()
  await expect(room.sign({ words: 'x' })).rejects.toThrow()
  await room.unlock({ resident, by: { passphrase }, limit, time })
  const sig = await room.sign({ words: 'kotikaynti/unlock/1\nx' })
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase64url(signingKey),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify']
  )
  const genuine = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    fromBase64url(sig),
    new TextEncoder().encode('kotikaynti/unlock/1\nx')
  )
  expect(genuine).toBe(true)
})

test('§7 a destroyed slot makes every value of its customership unreadable, also after an unlock', async () => {
  const { house, room } = await enrolled()
  const sealed = (await room.merge({ frames: [frame(4)], rows: [], manifest: null, near }))[0]!
  const change = { put: [{ id: customership, revision: 4 }] }
  const { sealed: manifest } = await room.changeManifest({ manifest: null, ...change })
  const words = { id: crypto.randomUUID() as OperationId, customership, words: 'w' }
  const own = await room.sealOperation({ ...words, copy: { payload: 'p' }, line: {} })
  const held = { table: 'customerships', rows: [sealed.whole], manifest } as const
  expect(await room.openHeld(held)).not.toEqual([null])
  const before = house.files.get(resident.device)!.content().slice()
  // No key is needed for it: another room, locked, does it.
  await house.room().destroySlots({ resident, ids: [customership] })
  const after = house.files.get(resident.device)!.content()
  const slots = 2048 * 64
  expect(after.slice(-slots).every((byte) => byte === 0)).toBe(true)
  expect(before.slice(-slots).some((byte) => byte !== 0)).toBe(true)
  const opened = house.room()
  await opened.unlock({ resident, by: { passphrase }, limit, time })
  expect(await opened.openHeld(held)).toEqual([null])
  const copies = [{ id: words.id, customership, sealed: own.copy }]
  expect(await opened.openCopies({ copies })).toEqual([null])
})

test('a value from an older copy of the disk does not pass for the newest', async () => {
  const { room } = await enrolled()
  const old = (await room.merge({ frames: [frame(4)], rows: [], manifest: null, near }))[0]!
  const { sealed: first } = await room.changeManifest({
    manifest: null,
    put: [{ id: customership, revision: 4 }]
  })
  const { sealed: second, epoch } = await room.changeManifest({
    manifest: first,
    put: [{ id: customership, revision: 5 }]
  })
  expect(epoch).toBe(2)
  const rows = [old.whole]
  expect(await room.openHeld({ table: 'customerships', rows, manifest: second })).toEqual([null])
  expect(await room.openHeld({ table: 'customerships', rows, manifest: first })).not.toEqual([null])
  expect(await room.openHeld({ table: 'faces', rows, manifest: first })).toEqual([null])
})
