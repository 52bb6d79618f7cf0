import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyRecord } from '#contract/closing.ts'
import { toMoment } from '#contract/day.ts'
import type { Certificate } from '#contract/certificate.ts'
import { rightsRequestIdSchema, type CustomershipId } from '#contract/id.ts'
import { emptyWork } from '#contract/rights-request.ts'
import { newDevice, newEntry, newOperation, StoreWorld } from '#tests/support/open-store.ts'
import { registerMap, searchMap, suppressionMap } from './deletion-map.ts'
import { eraseRows, remainsOf, forgetErased } from './erase.ts'

const columnsIn = (map: Readonly<Record<string, { columns: object }>>): Map<string, string[]> =>
  new Map(
    Object.entries(map).map(([table, { columns }]) => [table, Object.keys(columns).toSorted()])
  )
const sorted = (tables: Map<string, string[]>): Map<string, string[]> =>
  new Map([...tables].map(([table, columns]) => [table, columns.toSorted()]))

test('§7 every table and column of every file is in the deletion map', async () => {
  const { files } = (await StoreWorld.open()).store
  expect(columnsIn(registerMap)).toEqual(sorted(await files.register.columns()))
  expect(columnsIn(searchMap)).toEqual(sorted(await files.search.columns()))
  expect(columnsIn(suppressionMap)).toEqual(sorted(await files.suppression.columns()))
  for (const map of [registerMap, searchMap])
    for (const { by, columns } of Object.values(map))
      if ('customership' in columns) expect(by).toBe('customership')
})

/** What was asked of the client's rights, and what was made of it; whom a change of the notice is told to. */
async function asked({ store, by }: StoreWorld, id: CustomershipId) {
  const request = rightsRequestIdSchema.parse(randomUUID())
  await store.register.transact(async (tx) => {
    const works = await tx.rights(id)
    await works?.write(request, { ...emptyWork, asked: 'Aava asks' })
    const answers = await tx.answers(id)
    await answers?.writeReview(request, { choices: {} })
    const name = { request, number: 'V-1' }
    await answers?.putPiece(name, 'paper', 1, Buffer.from('Aava report'))
    const sizes = { paperBytes: 11, paperSha256: 'a', archiveBytes: 0, archiveSha256: 'b' }
    const facts = { ...name, kind: 'access', for: 'client', language: 'fi' } as const
    await answers?.put({ ...facts, ...sizes, madeAt: 5, by, revision: 2 }, 'Aava passphrase', 1)
    await store.notices.mustTell(1, [id])
  })
}

async function filled(world: StoreWorld) {
  const { register, operations, holdings, usage } = world.store
  const id = await world.openCustomership('Aava', 'Kivikari')
  const [purged, holding] = [newDevice(), newDevice()]
  const note = newEntry()
  const resumed = { by: world.by, at: toMoment(5), reason: 'Aava continues' }
  await register.transact(async (tx) => {
    await tx.change(id, (change) => change.put('note', note, world.note('a'), world.by))
    const pages = await tx.pages(id)
    const name = { document: note, page: 1, by: world.by }
    await pages?.put({ ...name, mediaType: 'image/png' }, Buffer.from('Aava page'))
    await pages?.putPart({ ...name, part: 1, parts: 2 }, Buffer.from('Aava part'))
    await tx.change(id, (change) =>
      change.writeClosingRecord({ ...emptyRecord, resumed: [resumed] })
    )
    await tx.change(id, async ({ packages }) => {
      await packages.putPiece('LP-1', 'record', 1, Buffer.from('Aava package'))
      await packages.put(
        {
          number: 'LP-1',
          language: 'fi',
          madeAt: 5,
          by: world.by,
          revision: 2,
          recordBytes: 12,
          recordSha256: 'a',
          archiveBytes: 0,
          archiveSha256: 'b'
        },
        'Aava passphrase',
        1
      )
    })
    const base = { device: purged, customership: id, author: world.by }
    await operations.record(
      { ...base, id: newOperation(), seq: 1, outcome: 'applied', code: null, revision: 2, at: 5 },
      'cGF5bG9hZA'
    )
    await operations.hold({
      ...base,
      id: newOperation(),
      seq: 2,
      code: 'late',
      receivedAt: 5,
      payload: 'cGF5bG9hZA',
      sig: 'c2ln'
    })
    await holdings.sent(purged, [{ id, revision: 1 }], 5)
    await holdings.sent(holding, [{ id, revision: 1 }], 5)
    await holdings.purged(purged, [id], 6)
    await usage.append([
      { customership: id, user: world.by, device: null, kind: 'open', purpose: 'planning', at: 5 }
    ])
  })
  await asked(world, id)
  return { id, note, holding }
}

test('§7 after erasing, no row and no byte of the customership is left, and the others stay whole', async () => {
  const world = await StoreWorld.open()
  const { store } = world
  const other = await world.openCustomership('Urho', 'Metsäranta')
  const { id, note, holding } = await filled(world)
  expect((await remainsOf(store, id)).every(({ left }) => left > 0)).toBe(true)

  await store.deletions.plan(id, {
    cause: 'asked',
    by: world.by,
    plannedAt: world.clock.now(),
    devices: []
  })
  world.keyStore.destroyDataKey(id)
  await eraseRows(store, id)
  await eraseRows(store, id)
  await forgetErased(store)

  expect((await remainsOf(store, id)).filter(({ left }) => left > 0)).toEqual([])
  expect(await store.register.search('aava')).toEqual([])
  expect(await store.register.search('urho')).toEqual([other])
  expect((await store.holdings.of(id)).map((one) => one.device)).toEqual([holding])
  expect(await store.usage.of(id)).toHaveLength(1)
  for (const file of readdirSync(world.data))
    expect(readFileSync(join(world.data, file)).includes(note)).toBe(false)
})

test('a plan that a crash left open is there after a restart and keeps its number', async () => {
  const world = await StoreWorld.open()
  const { id } = await filled(world)
  const asked = {
    cause: 'deadline' as const,
    by: null,
    plannedAt: world.clock.now(),
    devices: []
  }
  const plan = await world.store.deletions.plan(id, asked)
  expect(plan).toMatchObject({ number: 'KK-2026-000001', entries: 2 })
  await world.restart()
  expect(await world.store.deletions.open()).toEqual([plan])
  expect(await world.store.deletions.plan(id, asked)).toEqual(plan)

  world.keyStore.destroyDataKey(id)
  await eraseRows(world.store, id)
  const certificate: Certificate = {
    number: 'KK-2026-000001',
    customership: id,
    deletedAt: '2026-11-22T11:00:00+02:00' as Certificate['deletedAt'],
    cause: 'deadline',
    by: null,
    entries: 2,
    devices: [],
    checks: [],
    key: 'key',
    sig: 'sig'
  }
  await world.store.deletions.certify(certificate)
  await world.store.deletions.certify(certificate)
  expect(await world.store.deletions.open()).toEqual([])
  expect(await world.store.certificates.find(id)).toEqual(certificate)
  expect(await world.store.deletions.plan(id, asked)).toBeNull()

  const next = await world.openCustomership()
  expect(await world.store.deletions.plan(next, asked)).toMatchObject({ number: 'KK-2026-000002' })
})
