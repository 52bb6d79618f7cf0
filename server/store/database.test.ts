import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { day, newCustomership, newEntry, StoreWorld } from '#tests/support/open-store.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { openKeyStore } from '#server/keys/key-store.ts'
import { StoreUnavailable } from './store-unavailable.ts'
import { openStore } from './store.ts'

const pragmasOf = async (world: StoreWorld, name: string): Promise<unknown> => {
  const { rows } = await sql
    .raw<Record<string, unknown>>(`pragma ${name}`)
    .execute(world.store.files.register.sql)
  return Object.values(rows[0] ?? {})[0]
}

test.runIf(isOnFiles)('the register is opened as SECURITY 12 says', async () => {
  const world = await StoreWorld.open()
  expect(await pragmasOf(world, 'journal_mode')).toBe('wal')
  expect(await pragmasOf(world, 'synchronous')).toBe(2)
  expect(await pragmasOf(world, 'secure_delete')).toBe(1)
  expect(await pragmasOf(world, 'foreign_keys')).toBe(1)
  expect(await pragmasOf(world, 'temp_store')).toBe(2)
  expect(await pragmasOf(world, 'trusted_schema')).toBe(0)
  for (const file of ['register.db', 'search.db', 'suppression.db'])
    expect(statSync(join(world.data, file)).mode & 0o777).toBe(0o600)
})

test.runIf(isOnFiles)('a register does not start with keys that are not its own', async () => {
  const world = await StoreWorld.open()
  const { folder, clock } = world
  await world.store.close()
  const stranger = await openKeyStore({
    folder: join(folder, 'stranger'),
    backupFolder: null,
    rootKey: Buffer.alloc(32, 4),
    clock
  })
  await expect(openStore({ folder: world.data, keyStore: stranger, clock })).rejects.toThrow(
    'does not belong'
  )
  stranger.close()
  world.keyStore.close()
  await world.start()
})

test('the generation stays the same from start to start', async () => {
  const world = await StoreWorld.open()
  const generation = await world.store.generation()
  await world.restart()
  expect(await world.store.generation()).toBe(generation)
})

test('a transaction that throws leaves nothing behind', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  await expect(
    world.store.register.transact(async (tx) => {
      await tx.change(id, (change) => change.put('note', newEntry(), world.note('a'), world.by))
      await world.store.usage.append([
        { customership: id, user: null, device: null, kind: 'write', purpose: null, at: 1 }
      ])
      throw new Error('undone')
    })
  ).rejects.toThrow('undone')
  expect(await world.store.usage.of(id)).toEqual([])
  expect(await world.store.register.list()).toMatchObject([{ revision: 1 }])
})

test.runIf(isOnFiles)(
  'whoever writes beside the server waits for its transaction, not the other way round',
  async () => {
    const world = await StoreWorld.open()
    const other = new Sqlite(join(world.data, 'register.db'), { timeout: 0 })
    const write = () => other.exec("UPDATE facts SET value = value WHERE name = 'generation'")
    await world.store.register.transact(async () => {
      await world.store.usage.of(newCustomership())
      expect(write).toThrow('locked')
      await world.store.usage.append([
        { customership: null, user: null, device: null, kind: 'write', purpose: null, at: 1 }
      ])
    })
    expect(write).not.toThrow()
    other.close()
  }
)

test('a savepoint undoes its own part and leaves the rest', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  await world.store.register.transact(async (tx) => {
    const part = (text: string, fails: boolean) =>
      tx.savepoint(async () => {
        await tx.change(id, (change) => change.put('note', newEntry(), world.note(text), world.by))
        if (fails) throw new Error('undone')
      })
    await part('first', false)
    await expect(part('second', true)).rejects.toThrow('undone')
    await part('third', false)
  })
  const texts = await world.store.register.read(id, async (reader) =>
    (await reader.entries({ kinds: ['note'] })).map((entry) => [entry.revision, entry.data])
  )
  expect(texts).toMatchObject([
    [2, { fields: { observations: 'first' } }],
    [3, { fields: { observations: 'third' } }]
  ])
})

test('what is asked of the store inside a transaction takes part in it and never waits for it', async () => {
  const world = await StoreWorld.open()
  const id = newCustomership()
  await world.store.register.transact(async (tx) => {
    await tx.create(id, day('2026-06-01'))
    expect(await world.store.register.list({ ids: [id] })).toHaveLength(1)
    expect(await world.store.register.read(id, (reader) => reader.entries())).toEqual([])
    expect(await world.store.register.search('kukaan')).toEqual([])
    await world.store.register.transact((inner) =>
      inner.change(id, (change) => change.put('note', newEntry(), world.note('b'), world.by))
    )
  })
  expect(await world.store.register.list()).toMatchObject([{ id, revision: 2 }])
})

test('a search inside a transaction does not wait for one that follows another commit', async () => {
  const world = await StoreWorld.open()
  const opening = world.openCustomership('Aino', 'Metsäranta')
  const searching = world.store.register.transact(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return world.store.register.search('metsä')
  })
  await Promise.all([opening, searching])
  expect(await world.store.register.search('metsä')).toHaveLength(1)
})

test('transactions that are asked for at once come one after another', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const revisions = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.store.register.transact(async (tx) => {
        const changed = await tx.change(id, async (change) => {
          await new Promise((resolve) => setTimeout(resolve, 1))
          await change.put('note', newEntry(), world.note('x'), world.by)
          return change.revision
        })
        return 'value' in changed ? changed.value : 0
      })
    )
  )
  expect(revisions.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 2)
  )
})

test.runIf(isOnFiles)(
  'a full disk is told as such, nothing is half applied, and service goes on when there is room',
  async () => {
    const world = await StoreWorld.open()
    const id = await world.openCustomership()
    const { register, files } = world.store
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(
      files.register.sql
    )
    await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 2}`).execute(files.register.sql)
    const write = register.transact(async (tx) => {
      for (let n = 0; n < 100; n += 1)
        await tx
          .savepoint(() =>
            tx.change(id, (change) =>
              change.put('note', newEntry(), world.note('x'.repeat(4000)), world.by)
            )
          )
          .catch(() => undefined)
    })
    await expect(write).rejects.toBeInstanceOf(StoreUnavailable)
    expect(await register.read(id, (reader) => reader.entries())).toHaveLength(1)
    expect(await register.list()).toMatchObject([{ revision: 1 }])
    await sql.raw('pragma max_page_count = 1000000').execute(files.register.sql)
    await world.store.checkWritable()
    await register.transact((tx) =>
      tx.change(id, (change) => change.put('note', newEntry(), world.note('y'), world.by))
    )
    expect(await register.list()).toMatchObject([{ revision: 2 }])
  }
)

test.runIf(isOnFiles)('§7 no word of a client stands in any file of the store', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership('Canarinen', 'Kanariansaari')
  await world.store.register.transact((tx) =>
    tx.change(id, (change) => change.put('note', newEntry(), world.note('kanarialintu'), world.by))
  )
  for (const file of ['register.db', 'register.db-wal', 'search.db', 'search.db-wal']) {
    const text = readFileSync(join(world.data, file)).toString('latin1').toLowerCase()
    for (const word of ['canarinen', 'kanaria']) expect(text.includes(word)).toBe(false)
  }
})

test.runIf(isOnFiles)('a sealed value that is moved to another entry does not open', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const [one, two] = [newEntry(), newEntry()]
  await world.store.register.transact((tx) =>
    tx.change(id, async (change) => {
      await change.put('note', one, world.note('yksi'), world.by)
      await change.put('note', two, world.note('kaksi'), world.by)
    })
  )
  const raw = new Sqlite(join(world.data, 'register.db'))
  raw
    .prepare('UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE id = ?) WHERE id = ?')
    .run(one, two)
  raw.close()
  await expect(
    world.store.register.read(id, (reader) => reader.entry('note', two))
  ).rejects.toThrow()
})
