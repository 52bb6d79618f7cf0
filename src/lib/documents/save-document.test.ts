import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import type { FrameOf } from '#contract/pull.ts'
import type { CustomershipId, DeviceId, EntryId, UserId } from '#contract/id.ts'
import { toBase64url } from '#lib/device/base64url.ts'
import { DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import { dropCustomerships } from '#lib/device/drop.ts'
import { lastNumber } from '#lib/outbox/outbox.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import { Submitting } from '#lib/sync/submit.ts'
import { sha256OfBytes } from '#lib/vault/digest.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import { lineTo, RoomHouse } from '#tests/support/vault-room.ts'
import type { EditedPage } from './drawn-page.ts'
import { PageKeeper } from './keep-pages.ts'
import { saveDocument, type SavingProgress, type ScannedDocument } from './save-document.ts'

const user = '019a9b2c-0000-7000-8000-00000000000a' as UserId
const customership = '5f0c2f3e-1111-4222-8333-000000000001' as CustomershipId
const entry = (n: number) => `019a9b2c-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId
const kibi = 1024

const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
  'deriveBits'
])
const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
const sealingKey = { id: 'k1', publicKey: toBase64url(raw) }
let devices = 0xe0

/** A tablet that holds one customership and nothing else. */
async function enrolled() {
  devices += 1
  const device = `019a9b2c-0000-7000-8000-0000000000${devices.toString(16)}` as DeviceId
  const resident = { user, device, storage: 'opfs' } as const
  const room = new RoomHouse().room()
  await room.prepare()
  await room.create({ resident, passphrase: 'kuusi harmaata varista katolla', leaseKey: 'x' })
  const database = new VaultDatabase(device)
  await database.writeMeta('sealingKey', sealingKey)
  const vault = new OpenVault({ resident, database, door: new DoorDatabase(), room: lineTo(room) })
  const frame = { id: customership, revision: 1, view: 'v', reset: true, purgeAfter: null }
  const whole = { ...frame, frame: 'customership', entries: [] } as FrameOf<'customership'>
  const [sealed] = await vault.merge([whole], [], null)
  await database.customerships.put(sealed!.whole)
  await database.faces.put(sealed!.face)
  const { sealed: manifest } = await vault.changeManifest({ put: [frame] }, null)
  await database.writeMeta('manifest', { sealed: manifest })
  const submitting = new Submitting(vault)
  const replica: Pick<Replica, 'alone' | 'device'> = {
    device,
    alone: (write) => write(submitting, vault)
  }
  return { vault, database, submitting, replica }
}

async function pageOf(length: number, seed: number): Promise<EditedPage> {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * seed) % 251)
  return { bytes, mediaType: 'image/jpeg', sha256: await sha256OfBytes(bytes) }
}

async function scanned(): Promise<ScannedDocument> {
  return {
    customership,
    facts: { type: 'medication-permit', identityCode: 'none', original: 'with-worker' },
    pages: [await pageOf(600 * kibi, 7), await pageOf(100, 3)]
  }
}

const everything = async (database: VaultDatabase) => ({
  outbox: await database.outbox.count(),
  cargo: await database.cargo.count(),
  pages: await database.pages.count(),
  copies: await database.copies.count(),
  last: await lastNumber(database)
})

test('a document is there whole: its parts in order, itself after them, its pages sealed', async () => {
  const { vault, database, replica } = await enrolled()
  const told: SavingProgress[] = []
  const document = await saveDocument(replica, await scanned(), (one) => told.push(one))
  const rows = await database.outbox.orderBy('seq').toArray()
  expect(rows.map(({ seq, quiet, freight }) => [seq, quiet, freight])).toEqual([
    ...[1, 2, 3, 4].map((seq) => [seq, true, true]),
    [5, undefined, true]
  ])
  expect(told.map(({ done, total }) => `${done}/${total}`)).toEqual(
    [0, 1, 2, 3, 4].map((done) => `${done}/4`)
  )
  // Looking at the outbox reads no pictures.
  expect(rows.every(({ envelope, cargo }) => envelope.ciphertext === '' && cargo)).toBe(true)
  expect(await everything(database)).toEqual({ outbox: 5, cargo: 5, pages: 2, copies: 5, last: 5 })
  const page = await database.pages.get([document, 2])
  expect(await vault.openPage(page!)).toEqual((await pageOf(100, 3)).bytes)
  // Laid in the place of another page it does not open.
  expect(await vault.openPage({ ...page!, page: 1 })).toBeNull()
})

test('when another tab takes a number meanwhile, all of it is numbered after that, and once', async () => {
  const { database, submitting, replica } = await enrolled()
  const body = {
    note: entry(1),
    visit: entry(2),
    template: 'lapsiperhe',
    templateVersion: 1,
    fields: { done: 'Ruokailu' }
  }
  const asked: Promise<unknown>[] = []
  await saveDocument(replica, await scanned(), ({ done }) => {
    if (done === 2 && asked.length === 0)
      asked.push(submitting.submit({ op: 'note.draft', customership, body }, [], null))
  })
  await Promise.all(asked)
  expect(await everything(database)).toEqual({ outbox: 6, cargo: 6, pages: 2, copies: 6, last: 6 })
  expect((await database.outbox.where('seq').equals(1).first())?.freight).toBeUndefined()
})

test('a saving that fails in the middle leaves nothing, and no number is missing', async () => {
  const { database, replica } = await enrolled()
  const genuine = database.cargo.put.bind(database.cargo)
  const put = vi.spyOn(database.cargo, 'put').mockImplementationOnce(genuine)
  put.mockRejectedValueOnce(new Error('the disk is full'))
  await expect(saveDocument(replica, await scanned(), () => undefined)).rejects.toThrow()
  expect(await everything(database)).toEqual({ outbox: 0, cargo: 0, pages: 0, copies: 0, last: 0 })
})

test('what a crash left in the middle of a saving is swept away, and a document that waits is not', async () => {
  const { vault, database, replica } = await enrolled()
  await saveDocument(replica, await scanned(), () => undefined)
  const whole = await everything(database)
  await database.cargo.put({ id: crypto.randomUUID() as never, ciphertext: 'half' })
  await new PageKeeper(vault).run()
  expect(await everything(database)).toEqual(whole)
  // Handed over, and no permit in view names it: its pages go.
  await database.outbox.toCollection().modify({ waiting: 0 })
  await new PageKeeper(vault).run()
  expect((await everything(database)).pages).toBe(0)
})

test('sealed anew for another key, a part is the same to the last letter', async () => {
  const { vault, database, submitting, replica } = await enrolled()
  const sealed = vi.spyOn(vault, 'sealOperation')
  await saveDocument(replica, await scanned(), () => undefined)
  const before = sealed.mock.calls.map(([{ words }]) => words)
  await database.outbox.toCollection().modify({ sealAnew: true })
  const old = await database.cargo.toArray()
  const signed = vi.spyOn(vault, 'sign')
  await submitting.sealAnew()
  expect(signed.mock.calls.map(([words]) => words).sort()).toEqual(before.sort())
  expect(await database.outbox.filter((row) => row.sealAnew === true).count()).toBe(0)
  const anew = await database.cargo.toArray()
  expect(anew.map(({ ciphertext }) => ciphertext.length)).toEqual(
    old.map(({ ciphertext }) => ciphertext.length)
  )
  expect(anew).not.toEqual(old)
})

test('§7 the pages go with their customership, and what was written stays to be delivered', async () => {
  const { database, replica } = await enrolled()
  await saveDocument(replica, await scanned(), () => undefined)
  await dropCustomerships(database, [customership])
  expect(await everything(database)).toEqual({ outbox: 5, cargo: 5, pages: 0, copies: 0, last: 5 })
})
