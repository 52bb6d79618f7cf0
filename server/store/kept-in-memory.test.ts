import { beforeEach, expect, test } from 'vitest'
import type { CustomershipId } from '#contract/id.ts'
import { StoreWorld } from '#tests/support/open-store.ts'
import type { Kept, Basis } from './kept.ts'
import { KeptInMemory } from './kept-in-memory.ts'

let world: StoreWorld
let ids: CustomershipId[]

beforeEach(async () => {
  world = await StoreWorld.open()
  ids = []
  for (const name of ['Aava', 'Eino', 'Lumi']) ids.push(await world.openCustomership(name, 'Kivi'))
})

/** The profiles themselves, so that it shows who opened them; `meanwhile` comes between a reading and its end. */
function profiles(meanwhile: () => Promise<void> = () => Promise.resolve()): Kept<unknown, Basis> {
  return world.store.register.keep({
    basis: () => Promise.resolve({ stamp: 'one' }),
    async read(reader) {
      const [profile] = await reader.ofKind('profile')
      await meanwhile()
      return profile
    }
  })
}

test('what is read beforehand is opened once for all that is kept of it, and has one id in memory', async () => {
  const [one, other] = [profiles(), profiles()]
  await world.store.register.catchUp()
  const [first, second] = [await one.values(), await other.values()]
  expect([...first.keys()].toSorted()).toEqual(ids.toSorted())
  for (const [id, profile] of first) expect(second.get(id)).toBe(profile)
})

test('whoever asks for one while all are read beforehand does not wait for all of them', async () => {
  while (ids.length < 100) ids.push(await world.openCustomership())
  const quick = profiles()
  await quick.values()
  await world.store.register.transact((tx) => tx.change(ids[0]!, () => Promise.resolve()))
  let read = 0
  const asked: Promise<number>[] = []
  const all = profiles(() => {
    read += 1
    if (read === 1) asked.push(quick.values().then(() => read))
    return Promise.resolve()
  })
  await all.values()
  expect(read).toBe(ids.length)
  const [readBefore] = await Promise.all(asked)
  expect(readBefore).toBeLessThan(ids.length)
})

test('a reading that fails is done again, for everything that was to be read', async () => {
  let fails = true
  const one = profiles()
  const failing = profiles(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve()))
  await expect(world.store.register.catchUp()).rejects.toThrow('no')
  fails = false
  expect((await one.values()).size).toBe(ids.length)
  expect((await failing.values()).size).toBe(ids.length)
})

/** Values of their own, over a register in which something happens when one has been read. */
function keptApart(happens: (kept: KeptInMemory, forgetAll: () => void) => void) {
  let forgetAll = (): void => undefined
  const kept = new KeptInMemory({
    onShown: () => () => true,
    onOthers: (listen) => {
      forgetAll = () => {
        listen(null)
      }
    }
  })
  let [there, stamp] = [ids.slice(0, 0), 'before']
  /** How many values there are when one is about to be read. */
  const known: number[] = []
  const names: Kept<string, Basis> = kept.add(
    { basis: () => Promise.resolve({ stamp }), read: () => Promise.resolve('known') },
    {
      hearOthers: () => Promise.resolve(),
      ids: () => Promise.resolve(there),
      async readTogether(_, use) {
        known.push(map.size)
        if (there.length === 0) return
        await world.store.register.readTogether(there, use)
        there = []
        happens(kept, forgetAll)
      }
    }
  )
  let map: ReadonlyMap<CustomershipId, string> = new Map()
  return async () => {
    map = await names.values()
    ;[there, stamp] = [ids.slice(0, 1), 'after']
    await names.values()
    return { known, left: map.size }
  }
}

test('§7 what is asked to be forgotten while it is read is in memory at no time after', async () => {
  const read = keptApart((kept) => {
    kept.forget(ids[0]!)
  })
  expect(await read()).toEqual({ known: [0, 0], left: 0 })
})

test('§7 what was being read when nobody knew any more what had changed is read again', async () => {
  const read = keptApart((_, forgetAll) => {
    forgetAll()
  })
  expect(await read()).toEqual({ known: [0, 0], left: 0 })
})
