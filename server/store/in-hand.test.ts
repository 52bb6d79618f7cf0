import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { newEntry, newOperation, StoreWorld } from '#tests/support/open-store.ts'
import type { RegisterTransaction } from './register-transaction.ts'

/** Every note of it as it lies in the store, by revision. */
const notesOf = (world: StoreWorld, id: CustomershipId) =>
  world.store.register.read(id, async (reader) =>
    (await reader.ofKind('note')).map(({ revision, data }) => [
      revision,
      data.fields['observations']
    ])
  )

const write = (
  world: StoreWorld,
  tx: RegisterTransaction,
  id: CustomershipId,
  note: EntryId,
  text: string
) => tx.change(id, (change) => change.put('note', note, world.note(text), world.by))

test('what is gathered is read as written by whoever asks meanwhile, and stands after the commit', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const [one, two] = [newEntry(), newEntry()]
  await world.store.register.transact((tx) =>
    tx.gathered(async () => {
      await tx.readAhead({ customerships: [id], entries: [], operations: [] })
      await write(world, tx, id, one, 'yksi')
      await write(world, tx, id, two, 'kaksi')
      await write(world, tx, id, one, 'yksi uudestaan')
      await tx.change(id, async (change) => {
        expect(await change.entry('note', one)).toMatchObject({ revision: 4 })
        // A question of another kind goes past what is in hand.
        expect(await change.ofKind('note')).toHaveLength(2)
      })
      expect(await world.store.register.list()).toMatchObject([{ revision: 5 }])
    })
  )
  expect(await notesOf(world, id)).toEqual([
    [3, 'kaksi'],
    [4, 'yksi uudestaan']
  ])
})

test('a part that throws takes its own rows back and no others, written already or not', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const note = newEntry()
  await world.store.register.transact((tx) =>
    tx.gathered(async () => {
      const part = (text: string, o: { asks: boolean; fails: boolean }) =>
        tx.savepoint(async () => {
          await write(world, tx, id, note, text)
          if (o.asks) await world.store.register.list()
          if (o.fails) throw new Error('undone')
        })
      await part('first', { asks: false, fails: false })
      await expect(part('second', { asks: false, fails: true })).rejects.toThrow('undone')
      await expect(part('third', { asks: true, fails: true })).rejects.toThrow('undone')
      await tx.savepoint(async () => {
        await part('fourth', { asks: true, fails: false })
        await expect(part('fifth', { asks: true, fails: true })).rejects.toThrow('undone')
      })
    })
  )
  expect(await notesOf(world, id)).toEqual([[3, 'fourth']])
})

test('what was changed past what is in hand is asked for anew', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const operation = newOperation()
  const first = { id: operation, seq: 1, device: newEntry() as never, customership: id }
  const record = { ...first, author: world.by, code: null, revision: 2, at: 1 }
  await world.store.register.transact((tx) =>
    tx.gathered(async () => {
      await tx.operations.record({ ...record, outcome: 'applied' }, 'payload')
      expect(await tx.operations.find(operation)).toMatchObject({ outcome: 'applied' })
      await tx.operations.giveWay(operation)
      expect(await tx.operations.find(operation)).toBeNull()
      await tx.operations.record({ ...record, outcome: 'refused' }, 'payload')
    })
  )
  expect(await world.store.operations.find(operation)).toMatchObject({ outcome: 'refused' })
})

test('an entry in hand keeps its kind', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const entry = newEntry()
  const refused = world.store.register.transact((tx) =>
    tx.gathered(async () => {
      await write(world, tx, id, entry, 'sana')
      await tx.change(id, (change) =>
        change.put('profile', entry, world.profile('Aino', 'Metsäranta'), world.by)
      )
    })
  )
  await expect(refused).rejects.toThrow('keeps its kind')
  expect(await notesOf(world, id)).toEqual([])
})

test('of many rows the engine refuses one, and only what wrote it is undone', async () => {
  const world = await StoreWorld.open()
  const [mine, other] = [await world.openCustomership(), await world.openCustomership()]
  const [good, bad] = [newEntry(), newEntry()]
  const { sql: db } = world.store.files.register
  // Two notes of these ids are one too many.
  await sql`create unique index refusing on entries (kind) where id in (${sql.lit(good)}, ${sql.lit(bad)})`.execute(
    db
  )
  const told = await world.store.register.transact((tx) =>
    tx.gathered(async () => {
      const results: string[] = []
      for (const [id, note] of [
        [mine, good],
        [mine, bad],
        [other, newEntry()]
      ] as const)
        results.push(
          await tx
            .savepoint(() => write(world, tx, id, note, 'sana'))
            .then(
              () => 'done',
              () => 'refused'
            )
        )
      return results
    })
  )
  expect(told).toEqual(['done', 'refused', 'done'])
  expect(await notesOf(world, mine)).toEqual([[2, 'sana']])
  expect(await notesOf(world, other)).toEqual([[2, 'sana']])
})
