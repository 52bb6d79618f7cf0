import { expect, test } from 'vitest'
import { newCustomership, newDevice, newOperation, StoreWorld } from '#tests/support/open-store.ts'

const facts = async (world: StoreWorld) => ({
  id: newOperation(),
  device: newDevice(),
  seq: 1,
  customership: await world.openCustomership(),
  author: world.by
})

test('an operation is answered once; a repeat is known by its payload without keeping it', async () => {
  const world = await StoreWorld.open()
  const { operations } = world.store
  const one = await facts(world)
  const applied = { ...one, outcome: 'applied', code: 'forked', revision: 4, at: 77 } as const
  await operations.record(applied, 'cGF5bG9hZA')
  expect(await operations.find(one.id)).toEqual({ ...applied, decided: null })
  expect(await operations.isRepeat(one.id, 'cGF5bG9hZA')).toBe(true)
  expect(await operations.isRepeat(one.id, 'cGF5bG9hZB')).toBe(false)
  await expect(operations.record(applied, 'cGF5bG9hZA')).rejects.toThrow()
  world.keyStore.destroyDataKey(one.customership)
  expect(await operations.isRepeat(one.id, 'cGF5bG9hZA')).toBe(false)
})

test('what awaits a decision is kept whole until it has one, then only the outcome', async () => {
  const world = await StoreWorld.open()
  const { operations } = world.store
  const one = await facts(world)
  const held = { ...one, code: 'late', receivedAt: 9, payload: 'cGF5bG9hZA', sig: 'c2ln' } as const
  await operations.hold(held)
  expect(await operations.held({ customership: one.customership })).toEqual([held])
  expect(await operations.held({ author: world.by, id: one.id })).toEqual([held])
  expect(await operations.heldCount()).toBe(1)
  expect(await operations.decidedOf(one.device, [one.id])).toEqual([])

  const decided = { outcome: 'applied', code: null, revision: 3, at: 10 } as const
  await operations.decide(one.id, decided)
  expect(await operations.heldCount(one.customership)).toBe(0)
  expect(await operations.find(one.id)).toMatchObject({ outcome: 'awaiting-decision', decided })
  expect(await operations.decidedOf(one.device, [one.id, newOperation()])).toMatchObject([
    { id: one.id, decided }
  ])
  expect(await operations.decidedOf(newDevice(), [one.id])).toEqual([])
})

test('what speaks of no customership that ever was is kept too', async () => {
  const world = await StoreWorld.open()
  const { operations } = world.store
  const held = {
    id: newOperation(),
    device: newDevice(),
    seq: 3,
    author: null,
    code: 'outside-assignment',
    receivedAt: 9,
    payload: 'cGF5bG9hZA',
    sig: 'c2ln'
  } as const
  const other = { ...held, id: newOperation(), seq: 4, customership: newCustomership() }
  await operations.hold({ ...held, customership: null })
  await operations.hold(other)
  expect(await operations.held()).toEqual([{ ...held, customership: null }, other])
  expect(await operations.isRepeat(held.id, 'cGF5bG9hZA')).toBe(true)
})

test('the first time that a newer operation was seen is remembered', async () => {
  const world = await StoreWorld.open()
  const [id, device] = [newOperation(), newDevice()]
  expect(await world.store.operations.firstSeen(id, device, 5)).toBe(5)
  expect(await world.store.operations.firstSeen(id, device, 50)).toBe(5)
})
