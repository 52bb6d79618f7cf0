import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { customershipIdSchema, type CustomershipId } from '#contract/id.ts'
import { day, newCustomership, newEntry, StoreWorld } from '#tests/support/open-store.ts'
import { prefixesOf, wordsOf } from './search-words.ts'

test('å, ä and ö are letters; case, other accents and punctuation are not', () => {
  expect(wordsOf('Ängeslevä-Åström, José')).toEqual(['ängeslevä', 'åström', 'jose'])
  expect(wordsOf('A\u0308ngesleva\u0308')).toEqual(['ängeslevä'])
  expect(prefixesOf('äö')).toEqual(['ä', 'äö'])
  expect(prefixesOf('a'.repeat(20)).at(-1)).toBe('a'.repeat(12))
})

test('a client is found by the beginnings of names, in any order and case', async () => {
  const world = await StoreWorld.open()
  const { register } = world.store
  const one = await world.openCustomership('Aino-Maria', 'Ängeslevä')
  const two = await world.openCustomership('Aino', 'Metsäranta')
  expect((await register.search('aino')).toSorted()).toEqual([one, two].toSorted())
  expect(await register.search('änge AINO')).toEqual([one])
  expect(await register.search('mar')).toEqual([one])
  expect(await register.search('angeslevä')).toEqual([])
  expect(await register.search('metsärantalainen')).toEqual([])
  expect(await register.search('  ')).toEqual([])
})

test('a corrected name is found by the new one only, and a child by theirs', async () => {
  const world = await StoreWorld.open()
  const { register } = world.store
  const id = await world.openCustomership('Aino', 'Metsäranta')
  const profile = await register.read(id, (reader) => reader.entries({ kinds: ['profile'] }))
  await register.transact((tx) =>
    tx.change(id, async (change) => {
      await change.put('profile', profile![0]!.id, world.profile('Aino', 'Koskela'), world.by)
      await change.put(
        'contact',
        newEntry(),
        { name: 'Urho Koskela', relation: 'child', noContact: false },
        world.by
      )
    })
  )
  expect(await register.search('metsä')).toEqual([])
  expect(await register.search('urho kosk')).toEqual([id])
})

test('tokens that are lost or lag behind are made again at the next start', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership('Aino', 'Metsäranta')
  await world.stop()
  for (const file of ['search.db', 'search.db-wal', 'search.db-shm'])
    rmSync(join(world.data, file), { force: true })
  await world.start()
  expect(await world.store.register.search('metsä')).toEqual([id])
  await world.store.files.search.sql.deleteFrom('tokens').execute()
  expect(await world.store.register.search('metsä')).toEqual([])
  await world.store.register.rebuildSearch()
  expect(await world.store.register.search('metsä')).toEqual([id])
})

/** In the order of their ids. */
async function openMany(world: StoreWorld, count: number): Promise<CustomershipId[]> {
  const { register } = world.store
  const ids = Array.from({ length: count }, newCustomership).toSorted()
  register.prepareKeys(ids)
  const profile = { kind: 'profile', data: world.profile('Aava', 'Kaisla') } as const
  const sealed = ids.map((id) =>
    register.seal(
      { id, startDay: day('2026-06-01'), entries: [{ ...profile, id: newEntry() }] },
      world.by
    )
  )
  const use = { user: world.by, device: null, kind: 'write', purpose: 'organising', at: 1 } as const
  await register.transact((tx) => tx.insert(sealed, use))
  await register.index(ids, () => undefined)
  return ids
}

test('what lags is found however many there are, and what is no more is no longer indexed', async () => {
  const world = await StoreWorld.open()
  const { search } = world.store.files
  // More than are compared at once.
  const many = await openMany(world, 450)
  expect(await world.store.register.search('kaisla')).toHaveLength(450)
  const lost = [many.at(0), many.at(205), many.at(-1)].filter((id) => id !== undefined)
  await search.sql.deleteFrom('indexed').where('customership', 'in', lost).execute()
  await search.sql.deleteFrom('tokens').where('customership', 'in', lost).execute()
  const gone = customershipIdSchema.parse('ffffffff-ffff-4fff-bfff-ffffffffffff')
  await search.transact(() => search.insertAll('indexed', [{ customership: gone, revision: 1 }]))
  expect(await world.store.register.search('kaisla')).toHaveLength(447)
  await world.stop()
  await world.start()
  expect((await world.store.register.search('kaisla')).toSorted()).toEqual(many.toSorted())
  const indexed = await world.store.files.search.sql.selectFrom('indexed').selectAll().execute()
  expect(indexed.map(({ customership }) => customership)).not.toContain(gone)
})
