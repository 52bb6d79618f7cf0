import { afterEach, beforeEach, expect, test } from 'vitest'
import { organisationAnswerSchema } from '#contract/settings.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client

beforeEach(async () => {
  world = await World.create()
  office = await world.signedIn(await world.user({ role: 'main-user' }))
})
afterEach(() => world.close())

const rule = {
  organiser: 'mallikunta',
  from: '2026-01-01',
  roundingMinutes: 15,
  roundingMode: 'up',
  minBillableMinutes: 30,
  cancelNoticeHours: 24,
  cancelBillable: true,
  shared: 'once'
}
const path = '/api/office/organisation/rules'
const read = async () =>
  organisationAnswerSchema.parse((await office.ask('GET', '/api/office/organisation')).body)

test('the rules are kept with the settings, on the revision that was read', async () => {
  const { revision } = await read()
  const answer = await office.ask('PUT', path, { based: revision, rules: [rule] })
  expect([answer.status, answer.body]).toEqual([200, { revision: revision + 1 }])
  expect((await read()).organisation.rules).toEqual([rule])

  const late = { based: revision, rules: [rule, { ...rule, from: '2027-01-01' }] }
  expect(codeOf(await office.ask('PUT', path, late))).toBe('conflict')
  expect((await read()).organisation.rules).toEqual([rule])
})

test('a version in force on a past day is not changed', async () => {
  const { revision } = await read()
  await office.ask('PUT', path, { based: revision, rules: [rule] })
  const changed = { based: revision + 1, rules: [{ ...rule, roundingMinutes: 60 }] }
  expect((await office.ask('PUT', path, changed)).status).toBe(422)
  expect((await read()).organisation.rules).toEqual([rule])
})

test('§6 tablets have the rules at their next contact, and count by them without a network', async () => {
  const tablet = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  await tablet.pull()
  const { revision } = await read()
  await office.ask('PUT', path, { based: revision, rules: [rule] })
  const frames = await tablet.pull()
  expect(frames.find(({ frame }) => frame === 'organisation')).toMatchObject({ rules: [rule] })
})

test('§12 a worker does not set the rules', async () => {
  const client = await world.signedIn(await world.user({ role: 'worker' }))
  expect((await client.ask('PUT', path, { based: 1, rules: [] })).status).toBe(403)
})
