import { beforeEach, expect, test } from 'vitest'
import type { CustomershipId } from '#contract/id.ts'
import { StoreWorld } from '#tests/support/open-store.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import type { Basis, Kept } from './kept.ts'
import type { RegisterTransaction } from './register-transaction.ts'

let world: StoreWorld
let stamp = 'first'
let readings: CustomershipId[]
let names: Kept<string, Basis>

beforeEach(async () => {
  world = await StoreWorld.open()
  readings = []
  stamp = 'first'
  names = world.store.register.keep({
    basis: () => Promise.resolve({ stamp }),
    async read(reader) {
      readings.push(reader.facts.id)
      const [profile] = await reader.ofKind('profile')
      return profile?.data.lastName.value ?? ''
    }
  })
})

const all = async () => [...(await names.values()).values()].sort()

const planDeletion = (id: CustomershipId) =>
  world.store.register.transact(({ deletions }) =>
    deletions.plan(id, { cause: 'asked', by: world.by, plannedAt: 1, devices: [] })
  )

test('each is read once, and again only when it changed or what it depends on did', async () => {
  const first = await world.openCustomership('Aava', 'Kaisla')
  const second = await world.openCustomership('Eino', 'Kivi')
  expect([await all(), await all()]).toEqual([
    ['Kaisla', 'Kivi'],
    ['Kaisla', 'Kivi']
  ])
  expect(readings).toHaveLength(2)
  await world.store.register.transact((tx) => tx.change(second, () => Promise.resolve()))
  await all()
  expect(readings.slice(2)).toEqual([second])
  stamp = 'second'
  await all()
  expect(readings.slice(3).toSorted()).toEqual([first, second].toSorted())
})

test('§7 what is to be deleted is out of memory before the plan is answered; the rest stays', async () => {
  const going = await world.openCustomership('Aava', 'Kaisla')
  await world.openCustomership('Eino', 'Kivi')
  const held = await names.values()
  expect([...held.values()].sort()).toEqual(['Kaisla', 'Kivi'])
  await planDeletion(going)
  // The very map that an earlier question holds, asked nothing since.
  expect([...held.values()]).toEqual(['Kivi'])
  world.keyStore.destroyDataKey(going)
  expect(await all()).toEqual(['Kivi'])
  stamp = 'second'
  expect(await all()).toEqual(['Kivi'])
})

test('§7 what was being read when its deletion was asked for is not kept', async () => {
  const going = await world.openCustomership('Aava', 'Kaisla')
  const begun = Promise.withResolvers<undefined>()
  const mayEnd = Promise.withResolvers<undefined>()
  const slow = world.store.register.keep({
    basis: () => Promise.resolve({ stamp: 'one' }),
    async read(reader) {
      const [profile] = await reader.ofKind('profile')
      begun.resolve(undefined)
      await mayEnd.promise
      return profile?.data.lastName.value ?? ''
    }
  })
  const asked = slow.values()
  await begun.promise
  const planned = planDeletion(going)
  mayEnd.resolve(undefined)
  const [values] = await Promise.all([asked, planned])
  expect([...values.values()]).toEqual([])
})

test('what is read while it is being changed is read again when that is committed', async () => {
  const id = await world.openCustomership('Aava', 'Kaisla')
  const { changed, mayCommit, committed } = beginning((tx) =>
    tx.change(id, async (change) => {
      const [profile] = await change.ofKind('profile')
      await change.put('profile', profile!.id, world.profile('Aava', 'Kivi'), world.by)
    })
  )
  await changed
  const asked = all()
  // On files nobody reads beside who writes.
  if (!isOnFiles) expect(await asked).toEqual(['Kaisla'])
  mayCommit()
  await committed
  await asked
  expect(await all()).toEqual(['Kivi'])
})

test('§7 what is read while its deletion is being planned is forgotten when that is committed', async () => {
  const going = await world.openCustomership('Aava', 'Kaisla')
  const { changed, mayCommit, committed } = beginning(({ deletions }) =>
    deletions.plan(going, { cause: 'asked', by: world.by, plannedAt: 1, devices: [] })
  )
  await changed
  const asked = names.values()
  if (!isOnFiles) expect([...(await asked).values()]).toEqual(['Kaisla'])
  mayCommit()
  await committed
  expect([...(await asked).values()]).toEqual([])
})

/** A change that is made and not committed before it may. */
function beginning(change: (tx: RegisterTransaction) => Promise<unknown>) {
  const changed = Promise.withResolvers<undefined>()
  const mayCommit = Promise.withResolvers<undefined>()
  const committed = world.store.register.transact(async (tx) => {
    await change(tx)
    changed.resolve(undefined)
    await mayCommit.promise
  })
  return { changed: changed.promise, mayCommit: () => mayCommit.resolve(undefined), committed }
}

test('what there is nothing to keep of takes no room, and is kept once there is', async () => {
  const id = await world.openCustomership('Aava', 'Kaisla')
  const onlyKivi = world.store.register.keep({
    basis: () => Promise.resolve({ stamp: 'one' }),
    async read(reader) {
      const [profile] = await reader.ofKind('profile')
      return profile?.data.lastName.value === 'Kivi' ? 'Kivi' : null
    }
  })
  const kept = async () => [...(await onlyKivi.values())]
  const rename = (lastName: string) =>
    world.store.register.transact((tx) =>
      tx.change(id, async (change) => {
        const [profile] = await change.ofKind('profile')
        await change.put('profile', profile!.id, world.profile('Aava', lastName), world.by)
      })
    )
  expect(await kept()).toEqual([])
  await rename('Kivi')
  expect(await kept()).toEqual([[id, 'Kivi']])
  await rename('Kaisla')
  expect(await kept()).toEqual([])
})

test('a plan that is undone leaves the customership where it was', async () => {
  const id = await world.openCustomership('Aava', 'Kaisla')
  await all()
  const undone = world.store.register.transact(async ({ deletions }) => {
    await deletions.plan(id, { cause: 'asked', by: world.by, plannedAt: 1, devices: [] })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await all()).toEqual(['Kaisla'])
})
