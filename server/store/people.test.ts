import { expect, test } from 'vitest'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { newDevice, newUser, StoreWorld } from '#tests/support/open-store.ts'
import type { Device } from './devices.ts'

async function addDevice(world: StoreWorld): Promise<Device> {
  const { id: user } = await world.addUser()
  const id = newDevice()
  const facts = { name: 'Tabletti 4', signingKey: 'BA', cookieHash: 'h', unlockUntil: 99 }
  await world.store.devices.enrol({ id, user, enrolledAt: 7, ...facts })
  const device = await world.store.devices.find(id)
  if (!device) throw new Error('not enrolled')
  return device
}

test('a user name is one person’s; everything else of a user can change', async () => {
  const { store, addUser } = await StoreWorld.open().then((world) => ({
    store: world.store,
    addUser: world.addUser.bind(world)
  }))
  const one = await addUser({ username: 'kaisla', tasks: ['care', 'documents'] })
  const two = await addUser({ username: 'urho' })
  expect(await store.users.findByUsername('kaisla')).toEqual(one)
  expect(await store.users.add({ ...one, id: newUser() })).toBe('taken')
  expect(await store.users.change(two.id, { username: 'kaisla' })).toBe('taken')
  expect(await store.users.change(newUser(), { state: 'closed' })).toBe('absent')
  expect(
    await store.users.change(two.id, {
      tasks: ['reporting'],
      mustChangePassword: true,
      pledgedAt: 5
    })
  ).toBe('changed')
  expect(await store.users.find(two.id)).toEqual({
    ...two,
    tasks: ['reporting'],
    mustChangePassword: true,
    pledgedAt: 5
  })
  expect(await store.users.count()).toBe(2)
})

test('a one-time code works once, in its time, and a newer one replaces it', async () => {
  const world = await StoreWorld.open()
  const { users } = world.store
  const { id: user } = await world.addUser()
  await users.addCode('first', { user: null, validUntil: 10 })
  await users.addCode('old', { user, validUntil: 10 })
  await users.addCode('new', { user, validUntil: 10 })
  expect(await users.findCode('old', 5)).toBeNull()
  expect(await users.findCode('new', 10)).toBeNull()
  expect(await users.findCode('first', 5)).toEqual({ user: null, validUntil: 10 })
  expect(await Promise.all([users.spendCode('new', 5), users.spendCode('new', 5)])).toEqual([
    true,
    false
  ])
})

test('the organisation’s revision rises with its settings and with the names of its people', async () => {
  const world = await StoreWorld.open()
  const { organisation, users } = world.store
  expect(await organisation.read()).toEqual({ revision: 0, organisation: null })
  const value = standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Meri-Turku' })
  expect(await organisation.write(value)).toBe(1)
  const user = await world.addUser()
  await users.change(user.id, { lastSeenAt: 4 })
  expect(await organisation.read()).toEqual({ revision: 2, organisation: value })
  await users.change(user.id, { displayName: 'Kaisla Lehto' })
  expect(await organisation.write({ ...value, products: [] })).toBe(4)
})

test('a session ends alone, with its user or with its device', async () => {
  const world = await StoreWorld.open()
  const { sessions } = world.store
  const { id: user } = await world.addUser()
  const device = newDevice()
  for (const hash of ['a', 'b', 'c', 'd'])
    await sessions.start(hash, {
      user,
      device: hash === 'd' ? device : null,
      createdAt: 1,
      lastUsedAt: 1,
      provedAt: 1
    })
  await sessions.touch('b', 50)
  expect(await sessions.find('b')).toMatchObject({ user, createdAt: 1, lastUsedAt: 50 })
  await sessions.end('a')
  await sessions.endOfDevice(device)
  expect([await sessions.find('a'), await sessions.find('d')]).toEqual([null, null])
  await sessions.endOfUser(user, 'b')
  expect([await sessions.find('b'), await sessions.find('c')]).toMatchObject([{ user }, null])
  await sessions.removeUnused(51)
  expect(await sessions.find('b')).toBeNull()
})

test('a number is missing when it is not above the last, not received and not waiting', async () => {
  const world = await StoreWorld.open()
  const { devices } = world.store
  const { id } = await addDevice(world)
  await devices.took(id, [1, 2, 5], null)
  await devices.took(id, [4, 4, 8], null)
  await devices.contact(id, { at: 9, outbox: { last: 9, waiting: [7] } })
  expect(await devices.missing(id)).toEqual([3, 6, 9])
  await devices.took(id, [3], null)
  expect(await devices.missing(id)).toEqual([6, 9])
  const kept = await world.store.files.register.sql
    .selectFrom('receivedNumbers')
    .select('seq')
    .execute()
  expect(kept).toEqual([{ seq: 8 }])
  await devices.took(id, [2], null)
  await devices.contact(id, { at: 10, outbox: { last: 3, waiting: [] } })
  expect(await devices.missing(id)).toEqual([6, 7, 9])
})

test('what a device has told never goes down, and revoking ends its unlocking', async () => {
  const world = await StoreWorld.open()
  const { devices } = world.store
  const { id, user } = await addDevice(world)
  await devices.contact(id, { at: 9, vaultEpoch: 4, leaseUntil: 100 })
  await devices.contact(id, { at: 11, vaultEpoch: 2 })
  expect(await devices.find(id)).toMatchObject({
    lastContactAt: 11,
    vaultEpoch: 4,
    leaseUntil: 100,
    unlockUntil: 99
  })
  await devices.revoke(id, 12)
  await devices.revoke(id, 13)
  expect(await devices.list({ user })).toMatchObject([{ revokedAt: 12, unlockUntil: null }])
})
