import { expect, test } from 'vitest'
import { entriesOf } from '#contract/entry.ts'
import { day, newCustomership, newEntry, StoreWorld } from '#tests/support/open-store.ts'

test('what was put is read back, opened, with who and when', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership('Aava', 'Kivikari')
  const note = newEntry()
  await world.store.register.transact((tx) =>
    tx.change(id, (change) => change.put('note', note, world.note('Rauhallinen aamu'), world.by))
  )
  const read = await world.store.register.read(id, async (reader) => ({
    revision: reader.facts.revision,
    note: await reader.entry('note', note),
    asVisit: await reader.entry('visit', note),
    names: entriesOf(await reader.entries(), 'profile').map((entry) => entry.data.firstName.value)
  }))
  expect(read?.revision).toBe(2)
  expect(read?.note?.data.fields).toEqual({ observations: 'Rauhallinen aamu' })
  expect(read?.note).toMatchObject({
    revision: 2,
    by: world.by,
    at: '2026-11-22T09:00:00.000Z'
  })
  expect(read?.asVisit).toBeNull()
  expect(read?.names).toEqual(['Aava'])
})

test('one change raises the revision once, however much it writes, and stamps all of it', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const changed = await world.store.register.transact((tx) =>
    tx.change(id, async (change) => {
      await change.put('note', newEntry(), world.note('a'), world.by)
      await change.put('note', newEntry(), world.note('b'), world.by)
      return change.revision
    })
  )
  expect(changed).toEqual({ value: 2 })
  const newer = await world.store.register.read(id, (reader) => reader.entries({ since: 1 }))
  expect(newer?.map((entry) => entry.revision)).toEqual([2, 2])
})

test('an entry that was removed is told as removed to who held it, and to nobody else', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const note = newEntry()
  await world.store.register.transact((tx) =>
    tx.change(id, (change) => change.put('note', note, world.note('a'), world.by))
  )
  await world.store.register.transact((tx) =>
    tx.change(id, (change) => change.remove(note, world.by))
  )
  await world.store.register.read(id, async (reader) => {
    expect(await reader.entries({ since: 2 })).toEqual([{ id: note, revision: 3, removed: true }])
    expect(await reader.entries({ kinds: ['note'] })).toEqual([])
    expect(await reader.entry('note', note)).toBeNull()
  })
})

test('an operation finds a closed customership closed, the ending does not', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const { register } = world.store
  await register.transact((tx) =>
    tx.change(id, async (change) => {
      await change.setEnding({
        endDay: day('2026-11-20'),
        deleteBy: day('2027-01-19'),
        reason: 'service-completed'
      })
      await change.setState('closed')
    })
  )
  const touch = (alsoClosed: boolean) =>
    register.transact((tx) =>
      tx.change(id, (change) => Promise.resolve(change.revision), { alsoClosed })
    )
  expect(await touch(false)).toEqual({ closed: 'closed' })
  expect(await touch(true)).toEqual({ value: 3 })
  expect(await register.list({ states: ['closed'] })).toMatchObject([
    { id, state: 'closed', endDay: '2026-11-20', deleteBy: '2027-01-19', revision: 3 }
  ])
})

test('a customership that is being deleted reads as absent', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const { register, deletions } = world.store
  await deletions.plan(id, {
    cause: 'asked',
    by: world.by,
    plannedAt: world.clock.now(),
    devices: []
  })
  expect(await register.read(id, (reader) => reader.entries())).toBeNull()
  expect(await register.list()).toEqual([])
  expect(await register.list({ states: ['deleting'] })).toHaveLength(1)
  const changed = await register.transact((tx) =>
    tx.change(id, (change) => Promise.resolve(change.revision), { alsoClosed: true })
  )
  expect(changed).toEqual({ absent: true })
  expect(await register.read(newCustomership(), () => Promise.resolve(1))).toBeNull()
})

test('§7 without its key an entry opens to nobody', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  world.keyStore.destroyDataKey(id)
  await expect(world.store.register.read(id, (reader) => reader.entries())).rejects.toThrow(
    'no key'
  )
})

test('a customership id is used once, also after its deletion', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  const create = (name: typeof id) =>
    world.store.register.transact((tx) => tx.create(name, day('2026-06-01')))
  await expect(create(id)).rejects.toThrow('used once')
  const gone = newCustomership()
  await world.store.suppression.add(gone)
  await expect(create(gone)).rejects.toThrow('used once')
})

test('the same entry id in two customerships is two entries, and a kind is never changed', async () => {
  const world = await StoreWorld.open()
  const [one, two] = [await world.openCustomership(), await world.openCustomership()]
  const note = newEntry()
  const put = (id: typeof one, text: string) =>
    world.store.register.transact((tx) =>
      tx.change(id, (change) => change.put('note', note, world.note(text), world.by))
    )
  await put(one, 'yksi')
  await put(two, 'kaksi')
  const fields = await world.store.register.read(
    one,
    async (reader) => (await reader.entry('note', note))?.data.fields
  )
  expect(fields).toEqual({ observations: 'yksi' })
  await expect(
    world.store.register.transact((tx) =>
      tx.change(one, (change) =>
        change.put('profile', note, world.profile('Aava', 'Kivikari'), world.by)
      )
    )
  ).rejects.toThrow('keeps its kind')
})

test('assignments and their customerships are found by plain columns', async () => {
  const world = await StoreWorld.open()
  const id = await world.openCustomership()
  await world.openCustomership()
  const entry = newEntry()
  await world.store.register.transact((tx) =>
    tx.change(id, (change) =>
      change.put(
        'assignment',
        entry,
        { worker: world.by, from: day('2026-11-01'), tasks: ['care', 'documents'] },
        world.by
      )
    )
  )
  const facts = {
    customership: id,
    entry,
    worker: world.by,
    from: '2026-11-01',
    until: null,
    tasks: ['care', 'documents']
  }
  expect(await world.store.register.assignments({ worker: world.by })).toEqual([facts])
  expect(await world.store.register.read(id, (reader) => reader.assignments())).toEqual([facts])
  expect((await world.store.register.list({ worker: world.by })).map((one) => one.id)).toEqual([id])
})

test('the pulse changes with what the office shows, and with nothing else', async () => {
  const world = await StoreWorld.open()
  const before = await world.store.pulse()
  await world.store.register.list()
  await world.store.sessions.removeUnused(0)
  expect(await world.store.pulse()).toBe(before)
  await world.openCustomership()
  expect(await world.store.pulse()).not.toBe(before)
  const after = await world.store.pulse()
  await expect(
    world.store.register.transact(async (tx) => {
      await tx.create(newCustomership(), day('2026-06-01'))
      throw new Error('undone')
    })
  ).rejects.toThrow('undone')
  expect(await world.store.pulse()).toBe(after)
})
