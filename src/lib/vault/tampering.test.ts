import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, DeviceId, EntryId, OperationId, UserId } from '#contract/id.ts'
import { toBase64url } from '#lib/device/base64url.ts'
import type { SealedRow } from '#lib/device/database.ts'
import { RoomHouse } from '#tests/support/vault-room.ts'
import {
  keysUnder,
  makeCustomershipKey,
  openCustomershipKey,
  wrappingKey,
  type Owner,
  type Wrapping
} from './keys.ts'
import { nearTo } from './near.ts'
import { leastKdf } from './passphrase.ts'
import type { Resident, Room } from './room.ts'
import { makeSigningKey, openSigningKey, wrapSigningKey } from './signing.ts'
import { makeRoot, rootIn, wrapped } from './wrapping.ts'

/** 100,000 in the long run. */
const flips = Number(process.env['KOTIKAYNTI_FLIPS'] ?? 2000)

const resident: Resident = {
  user: '019a9b2c-0000-7000-8000-00000000000a' as UserId,
  device: '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId,
  storage: 'opfs'
}
const customership = '5f0c2f3e-1111-4222-8333-444455556666' as CustomershipId
const other = '5f0c2f3e-1111-4222-8333-444455557777' as CustomershipId
const document = '019a9b2c-0000-7000-8000-0000000000e1' as EntryId
const operation = '7d0c2f3e-1111-4222-8333-444455556666' as OperationId
const near = nearTo(Date.parse('2026-11-22T10:00:00Z'))

/** Something that lies on the disk, and what becomes of it. */
interface Target {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly opens: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>
}

const entries = [
  { id: document, kind: 'note', revision: 4, at: '', by: '', data: { done: 'sana' } }
]

const frame = (id: CustomershipId, revision: number) => ({
  frame: 'customership' as const,
  id,
  revision,
  view: 'view1',
  reset: true,
  purgeAfter: '2026-12-31' as Day,
  entries: entries as never[]
})

async function openRoom(): Promise<Room> {
  const room = new RoomHouse().room()
  await room.prepare()
  await room.create({ resident, passphrase: 'kuusi harmaata varista katolla', leaseKey: 'bGVhc2U' })
  return room
}

async function manifestFor(room: Room, rows: readonly SealedRow[]): Promise<ArrayBuffer> {
  return (await room.changeManifest({ manifest: null, put: rows })).sealed
}

async function sealedTargets(): Promise<Record<string, Target>> {
  const room = await openRoom()
  const held = (
    await room.merge({
      ...{ frames: [frame(customership, 4)], rows: [], manifest: null, near }
    })
  )[0]!
  const manifest = await manifestFor(room, [held.whole])
  const words = { id: operation, customership, words: 'w' }
  const own = await room.sealOperation({ ...words, copy: { payload: 'p' }, line: { op: 'x' } })
  const name = { customership, document, page: 1 }
  const page = await room.sealPage({ ...name, bytes: new Uint8Array(700).fill(7) })
  const setting = { item: 'organisation', revision: 3 }
  const value = await room.sealOwn({ ...setting, value: { name: 'Kotiapu' } })
  const isHeld = (table: 'customerships' | 'faces', row: SealedRow): Target => ({
    bytes: new Uint8Array(row.sealed),
    opens: async ({ buffer }) => {
      const rows = [{ ...row, sealed: buffer }]
      return (await room.openHeld({ table, rows, manifest }))[0] !== null
    }
  })
  return {
    whole: isHeld('customerships', held.whole),
    face: isHeld('faces', held.face),
    manifest: {
      bytes: new Uint8Array(manifest),
      opens: async ({ buffer }) => (await room.readManifest({ manifest: buffer })).epoch > 0
    },
    copy: {
      bytes: new Uint8Array(own.copy),
      opens: async ({ buffer }) => {
        const copies = [{ id: operation, customership, sealed: buffer }]
        return (await room.openCopies({ copies }))[0] !== null
      }
    },
    line: {
      bytes: new Uint8Array(own.line),
      opens: async ({ buffer }) =>
        (await room.openLines({ lines: [{ id: operation, sealed: buffer }] }))[0] !== null
    },
    page: {
      bytes: new Uint8Array(page),
      opens: async ({ buffer }) => (await room.openPage({ ...name, sealed: buffer })) !== null
    },
    setting: {
      bytes: new Uint8Array(value),
      opens: async ({ buffer }) => (await room.openOwn({ ...setting, sealed: buffer })) !== null
    }
  }
}

const method = { method: 'passphrase', credential: '', kdf: leastKdf } as const

const opensRoot = async (bytes: Uint8Array, kek: CryptoKey): Promise<boolean> =>
  (await rootIn({ wrapped: toBase64url(bytes) } as Wrapping, kek)) !== null

async function wrappedTargets(): Promise<Record<string, Target>> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const salt = crypto.getRandomValues(new Uint8Array(32))
  const kek = (by: Uint8Array<ArrayBuffer>, from: Owner = resident) =>
    wrappingKey(secret, from, method, by)
  const made = await makeRoot()
  const keys = await keysUnder(made.key, resident)
  const root = await wrapped(made.carrier, await kek(salt))
  const { pair } = await makeSigningKey()
  return {
    root: {
      bytes: root,
      opens: async (bytes) => opensRoot(bytes, await kek(salt))
    },
    salt: {
      bytes: salt,
      opens: async (bytes) => opensRoot(root, await kek(bytes))
    },
    customershipKey: {
      bytes: await makeCustomershipKey(keys),
      opens: async (bytes) => (await openCustomershipKey(bytes, keys)) !== null
    },
    signingKey: {
      bytes: await wrapSigningKey(pair.privateKey, keys, resident),
      opens: async (bytes) => (await openSigningKey(bytes, keys, resident)) !== null
    }
  }
}

/** A prime, so that its multiples meet every bit of a value once before any twice. */
const stride = 7919

test(`none of ${flips} flipped bits, in whatever lies sealed or wrapped on the disk, opens`, async () => {
  const targets = Object.entries({ ...(await sealedTargets()), ...(await wrappedTargets()) })
  for (const [name, { bytes, opens }] of targets)
    expect([name, await opens(bytes)]).toEqual([name, true])
  const each = Math.ceil(flips / targets.length)
  for (const [name, { bytes, opens }] of targets)
    for (let trial = 0; trial < each; trial += 1) {
      const bit = (trial * stride) % (bytes.length * 8)
      const flipped = bytes.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      if (await opens(flipped)) expect.fail(`${name} opened with bit ${bit} flipped`)
    }
}, 1_200_000)

test.each<[string, Partial<SealedRow>]>([
  ['another customership', { id: other }],
  ['an older revision', { revision: 3 }],
  ['another view', { view: 'view2' }],
  ['a longer life', { purgeAfter: '2099-12-31' as Day }],
  ['a life without an end', { purgeAfter: null }]
])('a held value that claims to be of %s does not open', async (_, claim) => {
  const room = await openRoom()
  const mine = (
    await room.merge({
      ...{ frames: [frame(customership, 4)], rows: [], manifest: null, near }
    })
  )[0]!
  // The other one is held too, so that it is no missing key that refuses.
  await room.merge({ frames: [frame(other, 4)], rows: [], manifest: null, near })
  for (const table of ['customerships', 'faces'] as const) {
    const honest = table === 'faces' ? mine.face : mine.whole
    const row = { ...honest, ...claim }
    const manifest = await manifestFor(room, [row])
    expect(await room.openHeld({ table, rows: [row], manifest })).toEqual([null])
    const own = await manifestFor(room, [honest])
    expect(await room.openHeld({ table, rows: [honest], manifest: own })).not.toEqual([null])
  }
})

test('two values of one customership do not pass for each other, nor one page for the next', async () => {
  const room = await openRoom()
  const { whole, face } = (
    await room.merge({
      ...{ frames: [frame(customership, 4)], rows: [], manifest: null, near }
    })
  )[0]!
  const manifest = await manifestFor(room, [whole])
  const swapped = { ...whole, sealed: face.sealed }
  expect(await room.openHeld({ table: 'customerships', rows: [swapped], manifest })).toEqual([null])
  const page = { customership, document, page: 1 }
  const sealed = await room.sealPage({ ...page, bytes: Uint8Array.of(1, 2, 3) })
  expect(await room.openPage({ ...page, page: 2, sealed })).toBeNull()
  expect(await room.openPage({ ...page, sealed })).toEqual(Uint8Array.of(1, 2, 3))
})

test('a wrapping of another user, of another tablet or of lowered parameters does not open', async () => {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const salt = crypto.getRandomValues(new Uint8Array(32))
  const kek = (owner: Owner, how: Parameters<typeof wrappingKey>[2]) =>
    wrappingKey(secret, owner, how, salt)
  const root = await wrapped((await makeRoot()).carrier, await kek(resident, method))
  const opens = async (owner: Owner, how = method as Parameters<typeof wrappingKey>[2]) =>
    opensRoot(root, await kek(owner, how))
  expect(await opens(resident)).toBe(true)
  const elsewhere: readonly Owner[] = [
    { ...resident, user: other },
    { ...resident, device: other }
  ]
  for (const owner of elsewhere) expect(await opens(owner)).toBe(false)
  for (const lowered of [{ memory: 19 * 1024 }, { passes: 1 }, { parallelism: 2 }])
    expect(await opens(resident, { ...method, kdf: { ...leastKdf, ...lowered } })).toBe(false)
  const touched = { method: 'passkey', credential: '', name: '', addedAt: 0 } as const
  expect(await opens(resident, touched)).toBe(false)
})
