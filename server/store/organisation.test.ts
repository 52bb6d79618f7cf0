import { expect, test } from 'vitest'
import type { Organisation } from '#contract/settings.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { StoreWorld } from '#tests/support/open-store.ts'

const named = (name: string): Organisation =>
  standardOrganisation({ name, organiser: 'Mallikunta' })
const nameIn = ({ organisation }: { organisation: Organisation | null }) =>
  organisation?.controller.name

test('what a transaction wrote and took back is remembered of no organisation', async () => {
  const { organisation, register } = (await StoreWorld.open()).store
  await organisation.write(named('Kotiapu'))
  const { revision } = await organisation.read()
  await expect(
    register.transact(async () => {
      await organisation.replace(revision, named('Kokeilu'))
      expect(nameIn(await organisation.read())).toBe('Kokeilu')
      throw new Error('taken back')
    })
  ).rejects.toThrow('taken back')
  await organisation.replace(revision, named('Perhetuki'))
  const now = await organisation.read()
  expect([now.revision, nameIn(now)]).toEqual([revision + 1, 'Perhetuki'])
})

test('the organisation has another revision when a name changed, and the same value', async () => {
  const world = await StoreWorld.open()
  const { organisation } = world.store
  await organisation.write(named('Kotiapu'))
  const before = await organisation.read()
  await world.addUser()
  const after = await organisation.read()
  expect(after.revision).toBe(before.revision + 1)
  expect(after.organisation).toEqual(before.organisation)
})
