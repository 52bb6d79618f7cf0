import 'fake-indexeddb/auto'
import { liveQuery } from 'dexie'
import { expect, test, vi } from 'vitest'
import type { Day, Moment } from '#contract/day.ts'
import { leaseText } from '#contract/lease-text.ts'
import {
  entryMadeBy,
  type CustomershipId,
  type DeviceId,
  type EntryId,
  type UserId
} from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import { toBase64url } from '#lib/device/base64url.ts'
import { DoorDatabase, VaultDatabase, type CopyRow } from '#lib/device/database.ts'
import { isFullDisk } from '#lib/device/full-disk.ts'
import { deliver } from '#lib/outbox/deliver.ts'
import { place } from '#lib/outbox/outbox.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import type { Resident, Room } from '#lib/vault/room.ts'
import { fillDisk } from '#tests/support/full-disk.ts'
import { answerWith, applied, envelopesIn, json, problem } from '#tests/support/push-stub.ts'
import { lineTo, RoomHouse } from '#tests/support/vault-room.ts'
import { isHeldValue } from '#lib/vault/room.ts'
import { letFetchAnew, manifestOf } from './apply.ts'
import { Drawing } from './drawing.ts'
import { layOver } from './lay-over.ts'
import { inOrder, operationIn } from './own-operation.ts'
import { parseEntries } from './parse-entries.ts'
import { pull } from './pull.ts'
import { readSnapshot } from './snapshot.ts'
import { Submitting, type Submission } from './submit.ts'
import { submitTogether } from './submit-together.ts'

const user = '019a9b2c-0000-7000-8000-00000000000a' as UserId
const id = (n: number) => `5f0c2f3e-1111-4222-8333-${String(n).padStart(12, '0')}` as CustomershipId
const entryId = (n: number) => `019a9b2c-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId
const at = '2026-11-22T10:00:00.000Z' as Moment
const limit = 10
const passphrase = 'kuusi harmaata varista katolla'

const leasePair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
const leaseKey = toBase64url(
  new Uint8Array(await crypto.subtle.exportKey('raw', leasePair.publicKey))
)
const sealingPair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
  'deriveBits'
])
const sealingKey = {
  id: 'k1',
  publicKey: toBase64url(
    new Uint8Array(await crypto.subtle.exportKey('raw', sealingPair.publicKey))
  )
}

interface Tablet {
  readonly vault: OpenVault
  readonly database: VaultDatabase
  readonly room: Room
  readonly house: RoomHouse
}
let devices = 0xd0

let isFull = false
fillDisk(() => isFull)

async function enrolled(): Promise<Tablet> {
  devices += 1
  const device = `019a9b2c-0000-7000-8000-0000000000${devices.toString(16)}` as DeviceId
  const resident: Resident = { user, device, storage: 'opfs' }
  const house = new RoomHouse()
  const room = house.room()
  await room.prepare()
  await room.create({ resident, passphrase, leaseKey })
  const database = new VaultDatabase(device)
  await database.writeMeta('sealingKey', sealingKey)
  const door = new DoorDatabase()
  const vault = new OpenVault({ resident, database, door, room: lineTo(room) })
  return { vault, database, room, house }
}

const recorded = (value: string) => ({ value, source: 'client', by: user, at })
const profile = (firstName: string, revision: number) => ({
  id: entryId(1),
  kind: 'profile',
  revision,
  at,
  by: user,
  data: { firstName: recorded(firstName), lastName: recorded('Virtanen') }
})
const visit = (revision: number) => ({
  id: entryId(2),
  kind: 'visit',
  revision,
  at,
  by: user,
  data: {
    decision: entryId(3),
    product: 'kotipalvelu',
    worker: user,
    plannedStart: new Date().toISOString(),
    state: 'planned'
  }
})
const frame = (n: number, revision: number, more: object = {}) => ({
  frame: 'customership',
  id: id(n),
  revision,
  view: 'view1',
  reset: true,
  purgeAfter: null,
  entries: [profile(`Aino${n}`, revision), visit(revision)],
  ...more
})

async function end(vault: OpenVault, more: object = {}) {
  const lease = {
    device: vault.device,
    user,
    issued: new Date().toISOString(),
    until: new Date(Date.now() + 7 * 86_400_000).toISOString()
  }
  const signed = new TextEncoder().encode(leaseText(lease))
  const sig = await crypto.subtle.sign('Ed25519', leasePair.privateKey, signed)
  return {
    frame: 'end',
    serverTime: new Date().toISOString(),
    generation: 'g1',
    sealingKey,
    policy: { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 },
    safeThrough: null,
    lease: { ...lease, sig: toBase64url(new Uint8Array(sig)) },
    ...more
  }
}

interface Asked {
  have?: Record<string, { revision: number }>
  haveDigest?: string
  awaiting: string[]
  purged: string[]
  vaultEpoch: number
}
const asked: Asked[] = []

/** Answers pulls with these frames; `cut` leaves out the end of the last line. */
function serve(frames: readonly unknown[], cut = false): void {
  asked.length = 0
  answerWith((path, body) => {
    expect(path).toBe('/api/sync/pull')
    asked.push(body as Asked)
    if ((body as Asked).haveDigest) return problem(409, 'send-have')
    const text = frames.map((one) => `${JSON.stringify(one)}\n`).join('')
    return new Response(cut ? text.slice(0, -2) : text, {
      headers: { 'Content-Type': 'application/x-ndjson' }
    })
  })
}

const pullOf = (vault: OpenVault) => pull(vault, () => undefined)
const draw = async (vault: OpenVault) => new Drawing(vault).draw(await readSnapshot(vault))
const firstNames = async (vault: OpenVault) =>
  (await draw(vault)).faces.map(({ firstName }) => firstName)

async function opened(vault: OpenVault, n: number) {
  const row = (await vault.database.customerships.get(id(n)))!
  const manifest = await manifestOf(vault.database)
  const [value] = await vault.openHeld('customerships', [row], manifest)
  return isHeldValue(value) ? parseEntries(value.entries) : null
}

const recordedVisit = (): Submission => ({
  op: 'visit.record',
  customership: id(1),
  body: {
    visit: entryId(2),
    decision: entryId(3),
    product: 'kotipalvelu',
    startedAt: at,
    state: 'started'
  }
})

const draft = (text: string): Submission => ({
  op: 'note.draft',
  customership: id(1),
  body: {
    note: entryId(20),
    visit: entryId(2),
    template: 'kotipalvelu',
    templateVersion: 1,
    fields: { toteutus: text }
  }
})

test('a first fetch cut in the middle keeps what came, and the next one goes on from there', async () => {
  const { vault, database } = await enrolled()
  const cut = [{ frame: 'scope', customerships: 3 }, frame(1, 4), frame(2, 5), frame(3, 6)]
  serve(cut, true)
  expect(await pullOf(vault)).toBe('cut')
  expect(await firstNames(vault)).toEqual(['Aino1', 'Aino2'])
  expect(await database.readMeta('lease')).toBeUndefined()
  serve([frame(3, 6), await end(vault)])
  expect(await pullOf(vault)).toBe('done')
  expect(Object.keys(asked[0]!.have!)).toEqual([id(1), id(2)])
  expect(await firstNames(vault)).toEqual(['Aino1', 'Aino2', 'Aino3'])
  expect((await database.readMeta('lease'))?.user).toBe(user)
  serve([await end(vault)])
  await pullOf(vault)
  expect(asked[0]!.haveDigest).toMatch(/^[\w-]{43}$/)
})

test('the first clients are read while the last ones are still on their way', async () => {
  const { vault } = await enrolled()
  const rest = Promise.withResolvers<void>()
  const lines = (frames: readonly unknown[]) =>
    new TextEncoder().encode(frames.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const numbers = Array.from({ length: 20 }, (_, index) => index + 1)
  const [early, late] = [numbers.slice(0, 12), numbers.slice(12)]
  const last = await end(vault)
  answerWith(() => {
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        const scope = { frame: 'scope', customerships: numbers.length }
        controller.enqueue(lines([scope, ...early.map((n) => frame(n, 4))]))
        await rest.promise
        controller.enqueue(lines([...late.map((n) => frame(n, 4)), last]))
        controller.close()
      }
    })
    return new Response(stream, { headers: { 'Content-Type': 'application/x-ndjson' } })
  })
  const pulling = pullOf(vault)
  await expect.poll(async () => (await firstNames(vault))[0]).toBe('Aino1')
  expect((await opened(vault, 1))?.map(({ kind }) => kind)).toEqual(['profile', 'visit'])
  expect((await firstNames(vault)).length).toBeLessThan(numbers.length)
  rest.resolve()
  expect(await pulling).toBe('done')
  expect((await firstNames(vault)).length).toBe(numbers.length)
})

test('what is newer of many clients is kept in few commits, and no client is left out', async () => {
  const { vault, database } = await enrolled()
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1)
  serve([...numbers.map((n) => frame(n, 4)), await end(vault)])
  await pullOf(vault)
  const newer = (n: number, revision: number) =>
    frame(n, revision, { reset: false, entries: [profile(`Eeva${n}-${revision}`, revision)] })
  const commits = vi.spyOn(database.customerships, 'bulkPut')
  // One of them twice, and one that was damaged on this disk.
  const damaged = (await database.customerships.get(id(7)))!
  await database.customerships.put({ ...damaged, sealed: new ArrayBuffer(300) })
  const again = frame(3, 6, { reset: false, entries: [visit(6)] })
  const all = numbers.flatMap((n) => (n === 3 ? [newer(n, 5), again] : [newer(n, 5)]))
  serve([...all, await end(vault)])
  const progress: number[] = []
  expect(await pull(vault, ({ done }) => progress.push(done))).toBe('done')
  expect(commits.mock.calls.length).toBeLessThanOrEqual(4)
  expect(progress.at(-1)).toBe(40)
  const names = (await firstNames(vault)).sort()
  const expected = numbers.filter((n) => n !== 7).map((n) => `Eeva${n}-5`)
  expect(names).toEqual(expected.sort())
  expect((await opened(vault, 3))?.map(({ revision }) => revision)).toEqual([5, 6])
  expect(await database.customerships.get(id(7))).toBeUndefined()
  serve([frame(7, 5), await end(vault)])
  await pullOf(vault)
  expect(Object.keys(asked.at(-1)!.have ?? {})).toHaveLength(39)
  expect(await firstNames(vault)).toHaveLength(40)
})

test('one look reads of the own words only what it does not know yet', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  const drawing = new Drawing(vault)
  await submitting.submit(recordedVisit(), [], null)
  await submitting.submit(draft('Ruokailu'), [], null)
  const read = vi.spyOn(database.copies, 'bulkGet')
  const drawn = await drawing.draw(await readSnapshot(vault))
  expect(drawn.faces[0]?.visits[0]).toMatchObject({ state: 'started', note: { state: 'draft' } })
  expect(read.mock.calls.flatMap(([keys]) => keys)).toHaveLength(2)
  read.mockClear()
  const own = await drawing.ownOf(id(1))
  await submitting.submit(draft('Ruokailu ja lepo'), own.slice(1), null)
  await drawing.draw(await readSnapshot(vault))
  expect(read.mock.calls.flatMap(([keys]) => keys)).toHaveLength(1)
  const [after] = (await drawing.ownOf(id(1))).filter(
    ({ operation }) => operation.op === 'note.draft'
  )
  expect(after?.operation.body).toMatchObject({ fields: { toteutus: 'Ruokailu ja lepo' } })
  // What is contained in what is held, and gone, is laid over nothing.
  await database.copies.clear()
  const [face] = (await drawing.draw(await readSnapshot(vault))).faces
  expect(face?.visits[0]).toMatchObject({ state: 'planned', note: null })
})

test("a frame that is not known or does not fit stands in nobody's way; an end that does not fit is no end", async () => {
  const { vault, database } = await enrolled()
  const odd = [
    { frame: 'weather', warm: true },
    { frame: 'purge', customership: 7 }
  ]
  serve([...odd, frame(1, 4), { ...(await end(vault)), colour: 'blue' }])
  expect(await pullOf(vault)).toBe('done')
  expect(await firstNames(vault)).toEqual(['Aino1'])
  expect(await database.purges.count()).toBe(0)
  serve([await end(vault, { serverTime: 'yesterday' })])
  expect(await pullOf(vault)).toBe('cut')
})

test('what is newer is laid over what is held, and what left the view goes', async () => {
  const { vault } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const newer = [profile('Eevi', 6), { id: entryId(2), revision: 6, removed: true }]
  serve([frame(1, 6, { reset: false, entries: newer }), await end(vault)])
  expect(await pullOf(vault)).toBe('done')
  expect(await firstNames(vault)).toEqual(['Eevi'])
  expect((await opened(vault, 1))!.map(({ kind }) => kind)).toEqual(['profile'])
})

test('§7 a purge frame takes rows, copies and the key, and the server is told until it knows', async () => {
  const { vault, database, house } = await enrolled()
  serve([frame(1, 4), frame(2, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], null)
  const row = (await database.customerships.get(id(1)))!
  serve([{ frame: 'purge', customership: id(1) }], false)
  expect(await pullOf(vault)).toBe('cut')
  expect(await database.customerships.get(id(1))).toBeUndefined()
  expect(await database.copies.count()).toBe(0)
  expect(await database.outbox.count()).toBe(1)
  const file = house.files.get(vault.device)!.content()
  const inFile = Buffer.from(file).includes(Buffer.from(id(1).replaceAll('-', ''), 'hex'))
  expect(inFile).toBe(false)
  const manifest = (await vault.changeManifest({ put: [row] }, await manifestOf(database))).sealed
  expect(await vault.openHeld('customerships', [row], manifest)).toEqual([null])
  serve([await end(vault)])
  await pullOf(vault)
  expect(asked.at(-1)!.purged).toEqual([id(1)])
  await pullOf(vault)
  expect(asked.at(-1)!.purged).toEqual([])
})

test('§7 a full disk lets go of all that it must, with the keys, and tells of it once there is room', async () => {
  const { vault, database, house } = await enrolled()
  serve([frame(1, 4), frame(2, 4), frame(3, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], null)
  const purges = [1, 2].map((n) => ({ frame: 'purge', customership: id(n) }))
  serve([...purges, await end(vault)])
  isFull = true
  await expect(pullOf(vault)).rejects.toSatisfy(isFullDisk)
  expect(await database.customerships.toCollection().primaryKeys()).toEqual([id(3)])
  expect(await database.copies.count()).toBe(0)
  expect(await database.outbox.count()).toBe(1)
  const file = Buffer.from(house.files.get(vault.device)!.content())
  const inFile = (n: number) => file.includes(Buffer.from(id(n).replaceAll('-', ''), 'hex'))
  expect([1, 2, 3].map(inFile)).toEqual([false, false, true])
  expect(await firstNames(vault)).toEqual(['Aino3'])

  isFull = false
  await pullOf(vault)
  await pullOf(vault)
  expect(asked.at(-1)!.purged).toEqual([id(1), id(2)])
})

test('§7 a key made anew on a full disk is not said to be destroyed', async () => {
  const { vault, database, house } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  serve([{ frame: 'purge', customership: id(1) }, await end(vault)])
  await pullOf(vault)
  serve([frame(1, 5), await end(vault)])
  isFull = true
  await expect(pullOf(vault)).rejects.toSatisfy(isFullDisk)
  expect(asked.at(-1)!.purged).toEqual([id(1)])
  expect(await database.customerships.count()).toBe(0)
  const inFile = () =>
    Buffer.from(house.files.get(vault.device)!.content()).includes(
      Buffer.from(id(1).replaceAll('-', ''), 'hex')
    )
  expect(inFile()).toBe(true)

  // It was sent, and is nobody's here any more: as long as the server hears nothing, it asks.
  isFull = false
  serve([{ frame: 'purge', customership: id(1) }, await end(vault)])
  await pullOf(vault)
  expect(asked.map(({ purged }) => purged)).not.toContainEqual([id(1)])
  expect(inFile()).toBe(false)
  await pullOf(vault)
  expect(asked.at(-1)!.purged).toEqual([id(1)])
})

test('§7 what nobody could be told of as destroyed is told at the next contact', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  serve([{ frame: 'purge', customership: id(1) }, await end(vault)])
  await pullOf(vault)
  answerWith(() => {
    throw new TypeError('no network')
  })
  expect(await pullOf(vault)).toBe('away')
  answerWith(() => problem(503, 'starting'))
  expect(await pullOf(vault)).toBe('starting')
  serve([await end(vault)])
  await pullOf(vault)
  expect(asked[0]!.purged).toEqual([id(1)])
  expect(await database.purges.count()).toBe(0)
})

test('§7 what was sealed of a family before it went, and kept after, goes at the next contact; its note is delivered', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), frame(2, 4), await end(vault)])
  await pullOf(vault)
  const tab = new Submitting(vault)
  const sealed = await tab.seal(await tab.operation(draft('Leivottiin.')), 1)
  // Another tab forgets the family, and tells of it, before this one has written.
  serve([{ frame: 'purge', customership: id(1) }, await end(vault)])
  await pullOf(vault)
  serve([await end(vault)])
  await pullOf(vault)
  expect(await place(database, { ...sealed, replaces: false })).toBe(true)
  expect(await database.copies.count()).toBe(1)
  await pullOf(vault)
  expect(await database.copies.count()).toBe(0)
  expect(await database.outbox.count()).toBe(1)
})

test('what was written of a client that is fetched anew meanwhile has its copy still', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], 4)
  await letFetchAnew(database, id(1))
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  expect(await database.copies.count()).toBe(1)
})

test('a lease that the server did not sign changes nothing', async () => {
  const { vault, database } = await enrolled()
  const { lease } = await end(vault)
  const longer = { ...lease, until: '2099-01-01T00:00:00.000Z' }
  serve([frame(1, 4), await end(vault, { lease: longer })])
  await pullOf(vault)
  expect(await database.readMeta('lease')).toBeUndefined()
})

test('two sealed values swapped: neither is shown, both are fetched again', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), frame(2, 4), frame(3, 4), await end(vault)])
  await pullOf(vault)
  const [one, two] = await database.faces.bulkGet([id(1), id(2)])
  await database.faces.bulkPut([
    { ...one!, sealed: two!.sealed },
    { ...two!, sealed: one!.sealed }
  ])
  const { faces, unreadable } = await draw(vault)
  expect(faces.map(({ firstName }) => firstName)).toEqual(['Aino3'])
  expect(unreadable).toEqual([id(1), id(2)])
  const [whole] = await database.customerships.where('id').equals(id(1)).toArray()
  await database.customerships.put({ ...whole!, purgeAfter: '2099-01-01' as Day })
  expect(await opened(vault, 1)).toBeNull()
})

test('an older copy of the whole disk is known by its epoch', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const old = await database.meta.toArray()
  serve([frame(1, 5), await end(vault)])
  await pullOf(vault)
  serve([await end(vault)])
  await pullOf(vault)
  const epoch = asked.at(-1)!.vaultEpoch
  await database.meta.bulkPut(old)
  await pullOf(vault)
  expect(asked.at(-1)!.vaultEpoch).toBeLessThan(epoch)
  // The value that does not agree with the older manifest is not said to be held.
  expect(asked.at(-1)!.have).toEqual({})
})

test('saved is seen at once, also after a lock, and gives way to what the server made of it', async () => {
  const { vault, database, house } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], null)
  const room = house.room()
  const resident: Resident = { user, device: vault.device, storage: 'opfs' }
  await room.unlock({ resident, by: { passphrase }, limit, time: Date.now() })
  const again = new OpenVault({ resident, database, door: vault.door, room: lineTo(room) })
  const drawn = await draw(again)
  expect(drawn.faces[0]!.visits[0]!.note).toEqual({ id: entryId(20), state: 'draft', own: true })
  expect(drawn.outbox).toMatchObject([
    { op: 'note.draft', state: 'draft', entry: entryId(20), firstName: 'Aino1', seq: 1 }
  ])
  const own = await new Drawing(again).ownOf(id(1))
  const laid = layOver((await opened(again, 1))!, own)
  expect(laid.find(({ id: one }) => one === entryId(20))).toMatchObject({
    kind: 'note',
    data: { state: 'draft', fields: { toteutus: 'Leivottiin.' }, author: user }
  })
  answerWith((_, body) => applied(body))
  await deliver(database, vault.device, { resting: true })
  expect((await draw(again)).outbox[0]).toMatchObject({ state: 'delivered', deliveredAt: at })
  expect(await database.copies.count()).toBe(1)
  serve([frame(1, 9), await end(vault)])
  await pullOf(again)
  expect(await database.copies.count()).toBe(0)
  expect((await draw(again)).outbox[0]).toMatchObject({ op: 'note.draft', state: 'delivered' })
})

test('a pull never overwrites what is not yet delivered: the own words stand over whatever comes', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Omat sanat'), [], null)
  answerWith(() => problem(503, 'store-unavailable'))
  await deliver(database, vault.device, { resting: true })
  const before = await database.outbox.toArray()
  const note = {
    ...{ id: entryId(20), kind: 'note', revision: 9, at, by: user },
    data: {
      ...{ visit: entryId(2), template: 'kotipalvelu', templateVersion: 1, state: 'draft' },
      ...{ author: user, writtenAt: at, fields: { toteutus: 'Toisen laitteen sanat' } }
    }
  }
  for (const [revision, reset] of [
    [9, false],
    [10, true]
  ] as const) {
    serve([
      frame(1, revision, { reset, entries: [profile('Aino1', 4), visit(4), note] }),
      await end(vault, reset ? { generation: 'g2', safeThrough: 0 } : {})
    ])
    expect(await pullOf(vault)).toBe('done')
    expect(await database.outbox.toArray()).toEqual(before)
    const laid = layOver((await opened(vault, 1))!, await new Drawing(vault).ownOf(id(1)))
    expect(laid.find(({ id: one }) => one === entryId(20))).toMatchObject({
      data: { fields: { toteutus: 'Omat sanat' } }
    })
    expect((await draw(vault)).outbox).toMatchObject([{ op: 'note.draft', state: 'draft' }])
  }
})

test('a draft saved again takes its own place; after an attempt it follows, and so does the signing', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  const save = async (one: Submission) =>
    submitting.submit(one, await new Drawing(vault).ownOf(id(1)), 4)
  const first = await save(draft('Lei'))
  expect(await save(draft('Leivottiin'))).toBe(first)
  expect(await database.outbox.count()).toBe(1)
  answerWith(() => Promise.reject(new TypeError('no network')))
  await deliver(database, vault.device, { resting: true })
  const second = await save(draft('Leivottiin pullaa'))
  expect(second).not.toBe(first)
  expect(await save(draft('Leivottiin pullaa.'))).toBe(second)
  const signed = await save({ ...draft('Leivottiin pullaa.'), op: 'note.sign' } as Submission)
  const rows = await database.outbox.orderBy('seq').toArray()
  expect(rows.map(({ id: one }) => one)).toEqual([first, second, signed])
  const copies = await vault.openCopies(
    (await database.copies.bulkGet([first, second, signed])) as []
  )
  const operations = copies.map(operationIn) as Operation[]
  expect(operations.map(({ after }) => after)).toEqual([undefined, first, second])
  expect(operations[0]!.based).toBe(4)
  const { faces } = await draw(vault)
  expect(faces[0]!.visits[0]!.note).toMatchObject({ state: 'signed' })
})

/** Of one tablet, and neither has read or written a word of the family. */
async function freshTabs() {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const [tab, other] = [new Submitting(vault), new Submitting(vault)]
  const own = async () => inOrder(await new Drawing(vault).ownOf(id(1)))
  return { database, tab, other, own }
}

test('two tabs that write one note without having seen each other’s words keep both, and never one in place of the other', async () => {
  const { database, tab, other, own } = await freshTabs()
  const first = await tab.submit(draft('Leivottiin'), [], 4)
  other.shown(await own())
  // Both have the same draft in hand; the disk has the words of one of them first.
  const inHand = await own()
  expect(await tab.submit(draft('Leivottiin pullaa'), inHand, 4)).toBe(first)
  const beside = await other.submit(draft('Leivottiin leipää'), inHand, 4)
  // That signed what the other had not seen.
  const sign = { ...draft('Leivottiin pullaa.'), op: 'note.sign' } as Submission
  const signed = await tab.submit(sign, await own(), 4)
  const operations = new Map((await own()).map(({ operation }) => [operation.id, operation]))
  expect([...operations.keys()]).toEqual([first, beside, signed])
  expect(operations.get(first)?.body).toMatchObject({ fields: { toteutus: 'Leivottiin pullaa' } })
  // The server lays beside each other what does not go on from the newest: each says what it goes on from.
  const [one, two] = [operations.get(beside), operations.get(signed)]
  expect([one?.based, one?.after, two?.after]).toEqual([4, undefined, first])

  // Who took the words in goes on from them.
  other.shown(await own())
  const next = await other.submit(draft('Leivottiin pullaa ja leipää'), await own(), 4)
  const last = (await own()).find(({ operation }) => operation.id === next)
  expect(last?.operation.after).toBe(signed)
  expect(await database.outbox.count()).toBe(4)
})

test('what two tabs write in different fields of one note is one note, though neither has seen the other’s', async () => {
  const { database, tab, other, own } = await freshTabs()
  const written = (fields: Record<string, string>) =>
    ({ ...draft(''), body: { ...draft('').body, fields } }) as Submission
  const first = await tab.submit(written({ toteutus: 'Leivottiin' }), [], 4)
  other.shown(await own())
  await other.submit(written({ toteutus: 'Leivottiin', havainnot: 'Iloa' }), await own(), 4)
  // Twice, before its form has taken the other words in.
  expect(await tab.submit(written({ toteutus: 'Leivottiin pu' }), await own(), 4)).toBe(first)
  expect(await tab.submit(written({ toteutus: 'Leivottiin pullaa' }), await own(), 4)).toBe(first)
  const [only, ...more] = await own()
  expect(more).toEqual([])
  expect(only?.operation.body).toMatchObject({
    fields: { toteutus: 'Leivottiin pullaa', havainnot: 'Iloa' }
  })
  expect(await database.outbox.count()).toBe(1)
})

/** One has begun a draft, and the other has it before it. */
async function twoTabs() {
  const { tab, other, own } = await freshTabs()
  const first = await tab.submit(draft('Leivottiin'), [], 4)
  const inHand = await own()
  other.shown(inHand)
  return { tab, other, own, first, inHand }
}

/** It is delivered and stands in what is held, so that the author's copies of it are gone. */
async function takeOver(database: VaultDatabase): Promise<void> {
  await database.outbox.toCollection().modify((row) => {
    Object.assign(row, { waiting: 0, attempted: true })
    Object.assign(row, { receipt: { outcome: 'applied', revision: 9, at } })
  })
  await database.copies.clear()
}

test('words in the place of one’s own that are delivered and gone from here are not taken for read', async () => {
  const { database, tab, other, own } = await freshTabs()
  const first = await tab.submit(draft('Leivottiin'), [], 4)
  other.shown(await own())
  expect(await other.submit(draft('Leivottiin leipää'), await own(), 4)).toBe(first)
  await takeOver(database)
  const merge = {
    ...{ op: 'note.merge', customership: id(1), based: 4 },
    body: { note: entryId(20), fork: entryId(21), fields: { toteutus: 'Leivottiin, syötiin' } }
  } as Submission
  const ways = [{ ...draft('Leivottiin pullaa'), based: 4 }, merge]
  for (const submission of ways) {
    const { based, after } = await tab.following({ submission, own: [], held: 9 })
    // Not from the newest there: the server lays it beside.
    expect([based, after]).toEqual([4, undefined])
    // Whose words they are goes on from them.
    expect((await other.following({ submission, own: [], held: 9 })).after).toBe(first)
  }
})

test('what was joined to one’s words in another field is not written over once it is gone from here', async () => {
  const { database, tab, other, own } = await freshTabs()
  const written = (fields: Record<string, string>) =>
    ({ ...draft(''), body: { ...draft('').body, fields }, based: 4 }) as Submission
  const first = await tab.submit(written({ toteutus: 'Leivottiin' }), [], 4)
  other.shown(await own())
  await other.submit(written({ toteutus: 'Leivottiin', havainnot: 'Iloa' }), await own(), 4)
  expect(await tab.submit(written({ toteutus: 'Leivottiin pu' }), await own(), 4)).toBe(first)
  await takeOver(database)
  const submission = written({ toteutus: 'Leivottiin pullaa' })
  const { based, after } = await tab.following({ submission, own: [], held: 9 })
  expect([based, after]).toEqual([4, undefined])
})

test('what another tab writes on a draft that was just signed comes behind the signature, and not under it', async () => {
  const { tab, other, own, first, inHand } = await twoTabs()
  const sign = { ...draft('Leivottiin.'), op: 'note.sign' } as Submission
  const signed = await tab.submit(sign, inHand, 4)
  const beside = await other.submit(draft('Leivottiin leipää'), inHand, 4)
  const operations = (await own()).map(({ operation: { id: one, after } }) => [one, after])
  expect(operations).toEqual([
    [first, undefined],
    [signed, first],
    // Not the newest there: the server lays it beside what is signed.
    [beside, first]
  ])
})

test('what signs a draft that another tab writes on meanwhile signs nothing of it away', async () => {
  const { tab, other, own, first, inHand } = await twoTabs()
  expect(await other.submit(draft('Leivottiin leipää'), inHand, 4)).toBe(first)
  const sign = { ...draft('Leivottiin.'), op: 'note.sign' } as Submission
  const signed = await tab.submit(sign, inHand, 4)
  const operations = (await own()).map(({ operation }) => operation)
  expect(operations.map(({ id: one, after }) => [one, after])).toEqual([
    [first, undefined],
    [signed, undefined]
  ])
  expect(operations[0]?.body).toMatchObject({ fields: { toteutus: 'Leivottiin leipää' } })
})

test('what is begun from the held note takes the place of nothing that another tab has written of it since', async () => {
  const { tab, other, own } = await freshTabs()
  const first = await tab.submit(draft('Leivottiin'), [], 4)
  const beside = await other.submit({ ...draft('Leikittiin'), based: 4 }, await own(), 4)
  const operations = (await own()).map(({ operation }) => operation)
  // Not from the newest there: the server lays it beside.
  expect(operations.map((one) => [one.id, one.based, one.after])).toEqual([
    [first, 4, undefined],
    [beside, 4, undefined]
  ])
  expect(operations[0]?.body).toMatchObject({ fields: { toteutus: 'Leivottiin' } })
})

test('who merges goes on from the note that was read, and takes nothing of what another tab wrote into it since', async () => {
  const { tab, other, own, first, inHand } = await twoTabs()
  expect(await tab.submit(draft('Leivottiin pullaa'), inHand, 4)).toBe(first)
  const beside = await other.submit(draft('Leivottiin leipää'), inHand, 4)
  const { note } = draft('').body as { note: EntryId }
  const merge = {
    ...{ op: 'note.merge', customership: id(1), based: 4 },
    body: { note, fork: entryMadeBy(beside), fields: { toteutus: 'Leivottiin pullaa, leipää' } }
  } as Submission
  const { after } = await other.following({ submission: merge, own: await own(), held: 4 })
  // Not read yet: what it would go on from is none of what lies there.
  expect(after).toBeUndefined()

  other.shown(await own())
  const more = await tab.submit(draft('Leivottiin pullaa ja kakkua'), await own(), 4)
  const merged = await other.submit(merge, await own(), 4)
  const follows = (await own()).map(({ operation }) => [operation.id, operation.after])
  expect(follows).toEqual([
    [first, undefined],
    [beside, undefined],
    [more, first],
    // Not from the newest there, so the server lays it beside: and not from what it was merged with.
    [merged, first]
  ])
})

test('many saved at once get numbers of their own, in a row', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const [tab, other] = [new Submitting(vault), new Submitting(vault)]
  const note = (n: number) =>
    ({ ...draft('x'), body: { ...draft('x').body, note: entryId(30 + n) } }) as Submission
  await Promise.all([0, 1, 2, 3, 4].map((n) => (n % 2 ? tab : other).submit(note(n), [], null)))
  const seqs = (await database.outbox.orderBy('seq').toArray()).map(({ seq }) => seq)
  expect(seqs).toEqual([1, 2, 3, 4, 5])
})

test('what belongs together is durable together, numbered in a row, and what rested goes before it', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), frame(2, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  await submitting.submit(draft('Leivottiin.'), [], null)
  const both = [1, 2].map((n) => ({ ...recordedVisit(), customership: id(n) }))
  const together = () =>
    submitTogether(
      {
        alone: (write) => write(submitting, vault),
        given: async (submission) => ({ submission, own: [], held: 4 })
      },
      both
    )
  await together()
  const rows = await database.outbox.orderBy('seq').toArray()
  expect(rows.map(({ seq, customership, restsUntil }) => [seq, customership, restsUntil])).toEqual([
    [1, id(1), 0],
    [2, id(1), 0],
    [3, id(2), 0]
  ])
  expect((await draw(vault)).faces.map(({ visits }) => visits[0]?.state)).toEqual([
    'started',
    'started'
  ])

  // The second cannot be written: then the first is not there either.
  const { copies } = database
  const put = copies.bulkPut.bind(copies)
  copies.bulkPut = (rows: readonly CopyRow[]) => {
    if (rows.some(({ customership }) => customership === id(2))) throw new Error('full')
    return put(rows)
  }
  await expect(together()).rejects.toThrow('full')
  copies.bulkPut = put
  expect(await database.outbox.count()).toBe(3)
  expect(await database.readMeta('numbers')).toEqual({ last: 3 })
})

test('what the server lost the key of is sealed anew: another envelope, the same payload', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], null)
  const before = (await database.outbox.toArray())[0]!
  await database.outbox.update(before.id, { sealAnew: true, attempted: true })
  await database.writeMeta('sealingKey', { ...sealingKey, id: 'k2' })
  await new Submitting(vault).sealAnew()
  const after = (await database.outbox.toArray())[0]!
  expect(after.sealAnew).toBeUndefined()
  expect(after.envelope).toMatchObject({ id: before.id, seq: before.seq, key: 'k2' })
  answerWith((_, body) => {
    expect(envelopesIn(body)).toHaveLength(1)
    return json({
      safeThrough: null,
      results: [{ id: before.id, outcome: 'awaiting-decision', code: 'late', at }]
    })
  })
  await deliver(database, vault.device)
  expect((await draw(vault)).outbox[0]).toMatchObject({ state: 'awaiting-decision', code: 'late' })
  const decided = {
    frame: 'outcome',
    id: before.id,
    outcome: 'applied',
    revision: 5
  }
  serve([decided, frame(1, 5), await end(vault)])
  await pullOf(vault)
  expect(asked.at(-1)!.awaiting).toEqual([before.id])
  expect((await draw(vault)).outbox[0]).toMatchObject({ state: 'delivered' })
  expect(await database.copies.count()).toBe(0)
})

test('an envelope that was damaged on this disk is set aside, told, and sealed once more from its copy', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), frame(2, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  await submitting.submit(draft('Leivottiin.'), [], null)
  const before = (await database.outbox.toArray())[0]!
  await database.outbox.update(before.id, {
    envelope: { ...before.envelope, id: 'damaged' as typeof before.id }
  })
  await database.cargo.update(before.id, { ciphertext: 'AAAA' })
  answerWith((_, body) => {
    const results = envelopesIn(body).map(({ id, ciphertext }) => ({
      ...{ id, at },
      ...(ciphertext === 'AAAA'
        ? { outcome: 'refused', code: 'cannot-open' }
        : { outcome: 'applied', revision: 5 })
    }))
    return json({ safeThrough: before.seq, results })
  })
  const now = { resting: true }
  expect(await deliver(database, vault.device, now)).toMatchObject({ delivered: 1 })
  // Locked, it stays, whatever a backup is said to hold.
  const kept = { state: 'needs-attention', code: 'cannot-open' }
  expect((await draw(vault)).outbox[0]).toMatchObject(kept)
  await submitting.sealAnew()
  const after = (await database.outbox.get(before.id))!
  expect(after).toMatchObject({ waiting: 1, seq: before.seq, renewed: true })
  expect(after.receipt).toBeUndefined()
  expect((await database.cargo.get(before.id))?.ciphertext).not.toBe('AAAA')
  await deliver(database, vault.device)
  expect((await database.outbox.toArray()).filter(({ waiting }) => waiting === 1)).toEqual([])

  // A second refusal is final: what is no damage is not tried for ever.
  await database.outbox.put({ ...after, envelope: { ...after.envelope, ciphertext: 'AAAA' } })
  await deliver(database, vault.device)
  await submitting.sealAnew()
  expect((await database.outbox.get(before.id))?.waiting ?? 0).toBe(0)
})

test('what is written on a draft that was damaged goes on from it before it is sealed once more', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  await submitting.submit(draft('Leivottiin.'), [], null)
  const damaged = (await database.outbox.toArray())[0]!
  answerWith(() =>
    json({
      safeThrough: null,
      results: [{ id: damaged.id, outcome: 'refused', code: 'cannot-open', at }]
    })
  )
  await deliver(database, vault.device, { resting: true })
  await submitting.submit(draft('Leivottiin. Luettiin.'), [], null)
  const own = await new Drawing(vault).ownOf(id(1))
  const [first, next] = inOrder(own).map(({ operation }) => operation)
  expect(next?.after).toBe(first?.id)
  const entries = layOver((await opened(vault, 1))!, own)
  expect(entries.filter(({ kind }) => kind === 'note')).toHaveLength(1)
})

test('a restored register gets again what came after its backup, and its author can read it meanwhile', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], null)
  answerWith((_, body) => applied(body))
  await deliver(database, vault.device, { resting: true })
  // It has come as far as the one that was lost, by other changes.
  serve([frame(1, 9), await end(vault, { generation: 'g2', safeThrough: 0 })])
  await pullOf(vault)
  expect((await database.outbox.toArray())[0]).toMatchObject({ waiting: 1 })
  expect(await database.copies.count()).toBe(1)
  answerWith((_, body) => applied(body, { revision: 10 }))
  await deliver(database, vault.device, { resting: true })
  serve([frame(1, 10), await end(vault, { generation: 'g2' })])
  await pullOf(vault)
  expect(await database.copies.count()).toBe(0)
})

test('a captive portal is no answer, and a refusal is told by its code', async () => {
  const { vault } = await enrolled()
  answerWith(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }))
  expect(await pullOf(vault)).toBe('away')
  answerWith(() => problem(401, 'other-user'))
  expect(await pullOf(vault)).toBe('other-user')
})

test('what anybody writes is seen: the screens follow the database', async () => {
  const { vault } = await enrolled()
  const seen: number[] = []
  const watching = liveQuery(() => readSnapshot(vault)).subscribe({
    next: ({ faces, outbox }) => seen.push(faces.length + 10 * outbox.length),
    error: (error) => {
      throw error
    }
  })
  await expect.poll(() => seen.at(-1)).toBe(0)
  serve([frame(1, 4), frame(2, 4), await end(vault)])
  await pullOf(vault)
  await expect.poll(() => seen.at(-1)).toBe(2)
  await new Submitting(vault).submit(draft('Leivottiin.'), [], null)
  await expect.poll(() => seen.at(-1)).toBe(12)
  watching.unsubscribe()
})

test('a customership whose last day is over is not drawn, even if it is still there', async () => {
  const { vault } = await enrolled()
  serve([frame(1, 4, { purgeAfter: '2020-01-01' }), frame(2, 4), await end(vault)])
  await pullOf(vault)
  expect(await firstNames(vault)).toEqual(['Aino2'])
})

test('who goes on writing after the words came back continues them, and never hides what came between', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  const write = async (based?: number | null) => {
    const own = await new Drawing(vault).ownOf(id(1))
    const one = { ...draft('x'), ...(based === undefined ? {} : { based }) }
    const written = await submitting.submit(one, own, 9)
    const [copy] = await vault.openCopies((await database.copies.bulkGet([written])) as [])
    return operationIn(copy)!
  }
  const comeBack = async () => {
    answerWith((_, body) => applied(body))
    await deliver(database, vault.device, { resting: true })
    serve([frame(1, 9), await end(vault)])
    await pullOf(vault)
    expect(await database.copies.count()).toBe(0)
  }
  const begun = await write(null)
  expect(begun).toMatchObject({ based: null })
  await comeBack()
  // The same form goes on: it began when nothing was there.
  const next = await write(null)
  expect(next).toMatchObject({ after: begun.id, based: null })
  await comeBack()
  // A form that began from what the server made of it need not.
  const anew = await write(9)
  expect(anew.after).toBeUndefined()
  expect(anew.based).toBe(9)
  await comeBack()
  await database.outbox.clear()
  expect(await write(null)).toMatchObject({ after: anew.id })
})

test('words shown after an unlocking, and delivered before anybody goes on with them, are continued', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const begun = await new Submitting(vault).submit({ ...draft('x'), based: null }, [], 4)
  const unlocked = new Submitting(vault)
  unlocked.shown(await new Drawing(vault).ownOf(id(1)))
  answerWith((_, body) => applied(body))
  await deliver(database, vault.device, { resting: true })
  serve([frame(1, 9), await end(vault)])
  await pullOf(vault)
  const own = await new Drawing(vault).ownOf(id(1))
  expect(own).toEqual([])
  const next = await unlocked.submit({ ...draft('x y'), based: null }, own, 9)
  const [copy] = await vault.openCopies((await database.copies.bulkGet([next])) as [])
  expect(operationIn(copy)).toMatchObject({ after: begun, based: null })
})

test('§12 what was read is on the disk, sealed, and is no note that waits', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), await end(vault)])
  await pullOf(vault)
  const events = [
    { customership: id(1), kind: 'open' as const, purpose: 'carrying-out' as const, at }
  ]
  const submitting = new Submitting(vault)
  await submitting.submit(draft('Ruokailu'), [], null)
  await submitting.submit(
    { op: 'usage.report', customership: id(1), based: null, body: { events } },
    [],
    null
  )
  const rows = await database.outbox.orderBy('seq').toArray()
  expect(rows.map(({ quiet }) => quiet)).toEqual([undefined, true])
  // In clear it tells nothing but that nobody waits for it; and the draft before it goes on resting.
  const common = Object.keys(rows[0]!).filter((key) => key !== 'unsent')
  expect(Object.keys(rows[1]!).sort()).toEqual([...common, 'final', 'quiet'].sort())
  expect(rows[0]!.restsUntil).toBeGreaterThan(0)
  const drawn = await draw(vault)
  expect(drawn.outbox.map(({ op }) => op)).toEqual(['note.draft'])
})

test('what was damaged together with its copy holds up nothing of its client, and is told as lost', async () => {
  const { vault, database } = await enrolled()
  serve([frame(1, 4), frame(2, 4), await end(vault)])
  await pullOf(vault)
  const submitting = new Submitting(vault)
  await submitting.submit(draft('Leivottiin.'), [], null)
  const [before] = await database.outbox.toArray()
  if (!before) throw new Error('it was written')
  // The name of its key is gone, its own words and the line that tells of it.
  await database.outbox.update(before.id, {
    envelope: { ...before.envelope, key: 'damaged' },
    line: new ArrayBuffer(40)
  })
  await database.copies.update(before.id, { sealed: new ArrayBuffer(40) })
  await submitting.submit(recordedVisit(), [], null)
  answerWith((_, body) => {
    const isHeldUp = envelopesIn(body).some(({ key }) => key === 'damaged')
    const results = envelopesIn(body).map(({ id, key }) => ({
      ...{ id, at },
      ...(isHeldUp
        ? { outcome: 'retry', code: key === 'damaged' ? 'unknown-key' : 'waits-for' }
        : id === before.id
          ? { outcome: 'refused', code: 'cannot-open' }
          : { outcome: 'applied', revision: 5 })
    }))
    return json({ safeThrough: null, results })
  })
  const waiting = () => database.outbox.where('waiting').equals(1).count()
  await deliver(database, vault.device, { resting: true })
  expect(await waiting()).toBe(2)
  for (let round = 0; round < 3; round += 1) {
    await submitting.sealAnew()
    await deliver(database, vault.device)
  }
  expect(await waiting()).toBe(0)
  expect((await draw(vault)).outbox).toMatchObject([
    { op: 'unreadable', state: 'needs-attention', code: 'cannot-open', isLost: true },
    { op: 'visit.record', state: 'delivered' }
  ])
})
