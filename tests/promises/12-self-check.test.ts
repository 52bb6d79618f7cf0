import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayAt, toMoment } from '#contract/day.ts'
import { selfCheckSchema, type OpenMatter } from '#contract/self-check.ts'
import { Family } from '#tests/support/people.ts'
import { RightsCases } from '#tests/support/rights-case.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

const day = 86_400_000

let world: World
let office: Client

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
})
afterEach(() => world.close())

async function open(client = office): Promise<Partial<Record<OpenMatter, number>>> {
  const answer = await client.ask('GET', '/api/office/self-check')
  expect(answer.status, answer.text).toBe(200)
  const { open } = selfCheckSchema.parse(answer.body)
  return Object.fromEntries(
    open.flatMap(({ matter, count }) => (count > 0 ? [[matter, count]] : []))
  )
}

test('§12 a house in order has nothing open', async () => {
  await Family.open(world, office)
  expect(await open()).toEqual({})
})

test('§12 what a user has not done, and what the notice asks of them, stands open', async () => {
  await world.user({ role: 'worker', pledgedAt: null })
  await world.user({ role: 'worker', trainedAt: null, noticeVersion: null })
  // Who was never in, or has left, is asked nothing.
  await world.user({ role: 'worker', state: 'invited', pledgedAt: null })
  await world.user({ role: 'worker', state: 'closed', pledgedAt: null })
  expect(await open()).toEqual({ unpledged: 1, untrained: 1, 'unread-notice': 1 })
})

test('§12, §14 an incident and clients who are not told stand open until they are settled', async () => {
  const family = await Family.open(world, office)
  const today = dayAt(world.clock.now())
  const desk = (await office.ask('GET', '/api/office/notice')).body as { revision: number }
  const sentence = 'Tekstin muutos'
  const published = await office.ask('POST', '/api/office/notice', {
    based: desk.revision,
    effectiveFrom: today,
    significant: { fi: sentence, sv: sentence, en: sentence }
  })
  expect(published.status).toBe(201)
  const incident = await office.ask('POST', '/api/office/incidents', {
    ...{ kind: 'lost-paper', noticedAt: toMoment(world.clock.now()), happened: null },
    ...{ customerships: [], persons: 1, organisers: [], isOwn: true },
    ...{ what: 'Päivälista katosi', consequences: '', measures: '' }
  })
  expect(incident.status).toBe(201)
  expect(await open()).toEqual({ incidents: 1, 'untold-clients': 1 })
  await office.ask('POST', '/api/office/notice/tellings', {
    version: 2,
    customerships: [family.id],
    told: { way: 'at-visit', day: today }
  })
  expect(await open()).toEqual({ incidents: 1 })
})

test('§7, §12 a tablet that waits or is not heard of, and a deletion that is late, stand open', async () => {
  const worker = await world.user({ role: 'worker' })
  const family = await Family.open(world, office)
  await family.assign(worker.id)
  const visit = await family.plan(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(visit) })
  await tablet.pull()
  expect(await open()).toEqual({ 'waiting-tablets': 1 })
  expect((await family.end(dayAt(world.clock.now()))).status).toBe(200)
  world.clock.advance(3 * day)
  office = await world.mainUser()
  expect(await open()).toEqual({ 'waiting-tablets': 1, 'silent-tablets': 1 })

  world.clock.advance(100 * day)
  office = await world.mainUser()
  expect(await open()).toMatchObject({ 'overdue-deletions': 1 })
})

test('§12 a tablet whose browser promises to keep nothing stands open until it does, or is revoked', async () => {
  const tablet = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  const say = (isPersisted: boolean) =>
    tablet.client.ask('POST', `/api/devices/${tablet.device}/state`, {
      ...{ have: [], purged: [], outbox: { last: 0, waiting: [] } },
      isPersisted
    })
  expect(await open()).toEqual({})
  expect((await say(false)).status).toBe(200)
  expect(await open()).toEqual({ 'unpersisted-tablets': 1 })
  await say(true)
  expect(await open()).toEqual({})
  await say(false)
  await world.parts.store.devices.revoke(tablet.device, world.clock.now())
  expect(await open()).toEqual({})
})

test('§12, §13 a request, a print that should be gone and a log that nobody reviewed stand open', async () => {
  const family = await Family.open(world, office)
  await new RightsCases(world, office, family).register({ kind: 'access' })
  expect(await open()).toEqual({ requests: 1 })
  const today = dayAt(world.clock.now())
  const worker = await world.user({ role: 'worker' })
  await family.assign(worker.id)
  await family.plan(worker.id)
  const sheet = { worker: worker.id, day: today }
  expect((await office.ask('POST', '/api/office/week/day-sheet', sheet)).status).toBe(200)
  world.clock.advance(100 * day)
  office = await world.mainUser()
  expect(await open()).toMatchObject({ requests: 1, 'late-prints': 1, 'overdue-reviews': 1 })
})

test('§12 who only oversees sees the counts, and nobody else but the office does', async () => {
  const officer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  expect(await open(await world.signedIn(officer))).toEqual({})
  expect(codeOf(await (await world.worker()).ask('GET', '/api/office/self-check'))).toBe(
    'not-allowed'
  )
})
