import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { Leaving, UserSummary } from '#contract/user.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

const day = 86_400_000

let world: World
let keeper: User
let office: Client
let worker: User
let family: Family
let tablet: WireTablet

beforeEach(async () => {
  world = await World.create()
  keeper = await world.user({ role: 'main-user' })
  office = await world.signedIn(keeper)
  worker = await world.user({ role: 'worker', displayName: 'Kaisla Koivu' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const rightsOf = ({ displayName, role, tasks }: User) => ({ displayName, role, tasks })
const change = (user: User, o: object, seen: object = rightsOf(user), by = office) =>
  by.ask('PUT', `/api/office/users/${user.id}`, { seen, ...rightsOf(user), ...o })
const close = (user: User, body: object = {}, by = office) =>
  by.ask('POST', `/api/office/users/${user.id}/closing`, body)
const summary = async (user: User) =>
  bodyOf<{ users: UserSummary[] }>(await office.ask('GET', '/api/office/users')).users.find(
    ({ id }) => id === user.id
  )
const today = () => dayAt(world.clock.now())
const assignmentsNow = async () => {
  const entries = await world.parts.store.register.read(family.id, (reader) => reader.entries())
  return entriesOf(entries ?? [], 'assignment').map(({ data }) => data)
}

test('§12 a changed task is in force at the next pull of the tablet', async () => {
  expect([...tablet.held.get(family.id)!.entries.values()].map(({ kind }) => kind)).toContain(
    'contact'
  )
  await family.assign(worker.id, { tasks: ['reporting'] })
  expect((await change(worker, { tasks: ['reporting'] })).status).toBe(200)
  await tablet.pull()
  const kinds = [...tablet.held.get(family.id)!.entries.values()].map(({ kind }) => kind)
  expect([...new Set(kinds)]).toEqual(['decision'])
})

test('§12 a taken role is gone at the next request', async () => {
  const other = await world.user({ role: 'main-user' })
  const desk = await world.signedIn(other)
  expect((await desk.ask('GET', '/api/office/users')).status).toBe(200)
  await change(other, { role: 'worker', tasks: ['care'] })
  expect(codeOf(await desk.ask('GET', '/api/office/users'))).toBe('not-allowed')
})

test('who changes what another has changed meanwhile is told so; asked twice it is done once', async () => {
  const before = rightsOf(worker)
  expect((await change(worker, { displayName: 'Kaisla Mänty' })).status).toBe(200)
  expect((await change(worker, { displayName: 'Kaisla Mänty' }, before)).status).toBe(200)
  const late = await change(worker, { displayName: 'Kaisla Kuusi' }, before)
  expect([late.status, codeOf(late)]).toEqual([409, 'conflict'])
  expect((await summary(worker))?.displayName).toBe('Kaisla Mänty')
})

test('§12 a worker has no task of the office', async () => {
  for (const tasks of [['administration'], ['care', 'oversight']]) {
    const answer = await change(worker, { tasks })
    expect(answer.body).toMatchObject({ status: 422, issues: [{ path: ['tasks'] }] })
  }
})

test('somebody is always left who keeps the office', async () => {
  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  for (const answer of [
    await change(keeper, { role: 'worker', tasks: ['care'] }),
    await close(keeper)
  ])
    expect([answer.status, codeOf(answer)]).toEqual([403, 'not-allowed'])
  const alone = await change(keeper, { tasks: ['oversight'] })
  expect(alone.body).toMatchObject({ status: 409, issues: [{ code: 'last-main-user' }] })

  const second = await world.user({ role: 'main-user' })
  const desk = await world.signedIn(second)
  expect((await close(keeper, {}, desk)).status).toBe(200)
  const last = await close(second, {}, await world.signedIn(second))
  expect(codeOf(last)).toBe('not-allowed')
  const watching = await world.signedIn(overseer)
  expect((await watching.ask('GET', '/api/office/users')).status).toBe(200)
  for (const answer of [
    await change(overseer, { tasks: ['administration'] }, undefined, watching),
    await close(second, {}, watching)
  ])
    expect([answer.status, codeOf(answer)]).toEqual([403, 'not-allowed'])
})

test('§12 two main users who close each other at once leave one', async () => {
  const second = await world.user({ role: 'main-user' })
  const desk = await world.signedIn(second)
  const answers = await Promise.all([close(keeper, {}, desk), close(second)])
  const open = (await world.parts.store.users.list()).filter(
    ({ role, state }) => role === 'main-user' && state === 'active'
  )
  expect(open).toHaveLength(1)
  expect(answers.map(({ status }) => status)).toContain(200)
})

test('§12 who leaves loses the account, the assignments, the sessions and the tablets, at once', async () => {
  await family.assign(worker.id, { from: addDays(today(), 5) })
  const client = await world.signedIn(worker)
  const answer = await close(worker)
  expect(answer.body).toMatchObject({ id: worker.id, state: 'closed' })
  expect((await client.ask('GET', '/api/session')).status).toBe(401)
  expect(await assignmentsNow()).toMatchObject([{ worker: worker.id, until: today() }])
  const state = await tablet.client.ask('POST', `/api/devices/${tablet.device}/state`, {
    have: [family.id],
    purged: [],
    outbox: { last: 0, waiting: [] }
  })
  expect(state.body).toMatchObject({ command: 'wipe', purge: [family.id] })
  expect((await close(worker)).status).toBe(200)
  expect((await world.parts.store.usage.of(family.id)).at(-1)).toMatchObject({
    user: keeper.id,
    kind: 'write',
    purpose: 'planning'
  })
})

test('planned visits that lose their worker are named first, need a reason, and it stays visible', async () => {
  const visit = await family.plan(worker.id)
  const told = await office.ask('GET', `/api/office/users/${worker.id}/closing`)
  expect(bodyOf<Leaving>(told)).toMatchObject({
    assignments: 1,
    devices: 1,
    visits: [{ customership: family.id, visit, name: 'Aino Kuusinen' }]
  })
  const refused = await close(worker)
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'needs-reason',
    issues: [{ path: ['visits', family.id, visit], code: 'leaves-visit-without-worker' }]
  })
  expect((await summary(worker))?.state).toBe('active')
  expect((await close(worker, { reason: 'Jää eläkkeelle' })).status).toBe(200)
  expect(await assignmentsNow()).toMatchObject([
    {
      until: today(),
      exception: {
        codes: ['leaves-visit-without-worker'],
        reason: 'Jää eläkkeelle',
        by: keeper.id
      }
    }
  ])
})

test('§12 the pledge and the training are renewed yearly, or as the organisation says', async () => {
  const { store } = world.parts
  const { organisation } = await store.organisation.read()
  if (!organisation) throw new Error('no organisation')
  const client = async () => (await world.signedIn(worker)).ask('GET', '/api/session')
  const pending = async () => bodyOf<{ pending: string[] }>(await client()).pending
  world.clock.advance(365 * day - 1)
  expect(await pending()).toEqual([])
  world.clock.advance(1)
  expect(await pending()).toEqual(['secrecy-pledge', 'training'])
  const { policy } = organisation
  await store.organisation.write({ ...organisation, policy: { ...policy, renewDays: 730 } })
  expect(await pending()).toEqual([])
  await store.organisation.write({ ...organisation, policy: { ...policy, renewDays: 30 } })
  await store.users.change(worker.id, { pledgedAt: world.clock.now() - 29 * day })
  expect(await pending()).toEqual(['training'])
})

test('§12 the office sees when each pledged, was trained and read the notice, and what is pending', async () => {
  const fresh = await world.user({ role: 'worker', trainedAt: null })
  expect(await summary(fresh)).toMatchObject({
    pledgedAt: '2026-11-22T07:00:00.000Z',
    trainedAt: null,
    noticeVersion: 1,
    pending: ['training']
  })
})
