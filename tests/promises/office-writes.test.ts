import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  customershipAnswerSchema,
  customershipListSchema,
  type CustomershipSummary
} from '#contract/customership.ts'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import { pulseSchema, situationSchema } from '#contract/office.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
})
afterEach(() => world.close())

const read = async (id: CustomershipId = family.id) =>
  customershipAnswerSchema.parse(
    (await office.ask('GET', `/api/office/customerships/${id}?purpose=organising`)).body
  )

async function find(query: string): Promise<CustomershipSummary[]> {
  const answer = await office.ask('POST', '/api/office/customerships/search', { query })
  return customershipListSchema.parse(answer.body).customerships
}

test('a client is found by the beginning of a name, and the table tells what it needs to', async () => {
  await Family.open(world, office, 'Ängeslevä')
  await Family.open(world, office, 'Aaltonen')
  await family.assign(worker.id)
  await family.plan(worker.id)
  expect((await find('')).map(({ lastName }) => lastName)).toEqual([
    'Aaltonen',
    'Kuusinen',
    'Ängeslevä'
  ])
  expect(await find('kuus ain')).toEqual([
    {
      id: family.id,
      firstName: 'Aino',
      lastName: 'Kuusinen',
      state: 'active',
      organisers: ['mallikunta'],
      products: ['home-service'],
      workers: [worker.id],
      nextVisitAt: toMoment(world.clock.now() + 3_600_000),
      endDay: null,
      deleteBy: null,
      restrictedOn: null
    }
  ])
  expect(await find('virtanen')).toEqual([])
})

test('beginning a customership twice is beginning it once', async () => {
  const opening = { ...family.opening('Kuusinen') }
  const again = await office.ask('POST', '/api/office/customerships', opening)
  expect([again.status, again.body]).toEqual([201, { revision: (await read()).revision }])
  expect((await find('')).length).toBe(1)
})

test('§9 each field keeps its source, who recorded it and when; what did not change keeps its record', async () => {
  const before = await read()
  const [profile] = entriesOf(before.entries, 'profile')
  if (!profile) throw new Error('a customership has a profile')
  world.clock.advance(60_000)
  const stated = (value: string, source = 'organiser') => ({ value, source })
  const statement = {
    based: profile.revision,
    data: {
      firstName: stated('Aino'),
      lastName: stated('Kuusinen', 'client'),
      allergies: stated('Pähkinä', 'client')
    }
  }
  const path = `/api/office/customerships/${family.id}/profile`
  expect((await office.ask('PUT', path, statement)).status).toBe(200)
  const [now] = entriesOf((await read()).entries, 'profile')
  expect(now?.data.firstName).toEqual(profile.data.firstName)
  expect(now?.data.allergies).toEqual({
    value: 'Pähkinä',
    source: 'client',
    by: mainUser.id,
    at: toMoment(world.clock.now())
  })
  expect(now?.data.street).toBeUndefined()
  expect(codeOf(await office.ask('PUT', path, statement))).toBe('conflict')
})

test('§8 a personal identity code is refused by the path of its field and not repeated', async () => {
  const opening = family.opening('Kuusinen')
  const id = randomUUID()
  const contact = {
    ...opening.contacts[0],
    data: { name: '010594Y9032', relation: 'child', noContact: false }
  }
  const answer = await office.ask('POST', '/api/office/customerships', {
    ...opening,
    id,
    contacts: [contact]
  })
  expect(answer.status).toBe(422)
  expect(answer.body).toMatchObject({
    code: 'identity-code',
    issues: [{ path: ['contacts', 0, 'data', 'name'] }]
  })
  expect(answer.text).not.toContain('010594Y9032')
  expect((await find('')).length).toBe(1)
})

test('a plan needs a decision and a worker that exist, and a held visit is not planned anew', async () => {
  const start = world.clock.now()
  const data = {
    decision: family.decision,
    worker: worker.id,
    plannedStart: toMoment(start),
    plannedEnd: toMoment(start + 60_000)
  }
  const unknown = { id: newEntryId(world), data: { ...data, decision: newEntryId(world) } }
  expect((await family.post('visits', unknown)).body).toMatchObject({
    code: 'invalid',
    issues: [{ path: ['data', 'decision'] }]
  })
  const nobody = { id: newEntryId(world), data: { ...data, worker: newEntryId(world) } }
  expect((await family.post('visits', nobody)).status).toBe(422)
  expect((await read()).revision).toBe(1)

  await family.assign(worker.id)
  const visit = await family.plan(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  const body = family.visit(visit)
  await tablet.do({ op: 'visit.record', customership: family.id, body })
  expect(codeOf(await family.post('visits', { id: visit, data }))).toBe('conflict')
})

test('§6 a decision names an organiser and a product of the organisation', async () => {
  const { data } = family.opening('Kuusinen').decision
  const decision = { id: newEntryId(world), data: { ...data, organiser: 'elsewhere' } }
  expect((await family.post('decisions', decision)).body).toMatchObject({
    issues: [{ path: ['data', 'organiser'] }]
  })
  expect((await family.post('decisions', { ...decision, data })).status).toBe(201)
  expect(entriesOf((await read()).entries, 'decision').length).toBe(2)
})

test('what does not exist, and what only others may see, are one answer', async () => {
  const stranger = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['oversight'] })
  )
  for (const [client, id] of [
    [office, randomUUID()],
    [office, 'x'],
    [stranger, family.id]
  ] as const)
    for (const what of ['', '/ending'])
      expect((await client.ask('GET', `/api/office/customerships/${id}${what}`)).status).toBe(404)
})

test('each use leaves a line with its purpose, by ids only', async () => {
  await read()
  await family.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const body = family.visit(newEntryId(world))
  await tablet.do({ op: 'visit.record', customership: family.id, body })
  const uses = await world.parts.store.usage.of(family.id)
  expect(uses.map(({ user, device, kind, purpose }) => [user, device, kind, purpose])).toEqual([
    [mainUser.id, null, 'write', 'organising'],
    [mainUser.id, null, 'open', 'organising'],
    [mainUser.id, null, 'write', 'planning'],
    [worker.id, tablet.device, 'send', 'carrying-out'],
    [worker.id, tablet.device, 'write', 'carrying-out']
  ])
})

test('the ledger shows the office where a customership lies', async () => {
  await family.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  expect((await read()).holdings).toMatchObject([
    { device: tablet.device, userName: worker.displayName, purgedAt: null, waiting: 0 }
  ])
})

test('Tilanne names what needs a person: concerns, overruns, endings, silent and missing', async () => {
  await family.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const visit = await family.plan(worker.id)
  const long = toMoment(world.clock.now() - 11 * 3_600_000)
  const body = family.visit(visit, { startedAt: long })
  await tablet.do({ op: 'visit.record', customership: family.id, body })
  tablet.write({ op: 'visit.record', customership: family.id, body })
  tablet.outbox = []
  const note = newEntryId(world)
  const fields = { tasks: ['meals'], done: 'Kävelyllä', concern: true }
  const written = family.note(note, visit, fields)
  await tablet.do({ op: 'note.sign', customership: family.id, body: written })
  await family.end(addDays(dayAt(world.clock.now()), 3))
  const ask = async () =>
    situationSchema.parse((await office.ask('GET', '/api/office/situation')).body)
  const name = 'Aino Kuusinen'
  const customership = family.id
  expect(await ask()).toMatchObject({
    concerns: [{ customership, name, note }],
    awaiting: 0,
    endings: [{ customership, name }],
    overruns: [{ customership, name, overMinutes: 60 }],
    expiring: [],
    silentDevices: [],
    missing: [{ userName: worker.displayName, count: 1 }]
  })
  world.clock.advance(3 * 86_400_000)
  office = await world.signedIn(mainUser)
  expect((await ask()).silentDevices).toMatchObject([{ userName: worker.displayName, holds: 1 }])
})

test('the pulse changes with what the office shows, and keeps nobody signed in', async () => {
  const pulse = async () =>
    pulseSchema.parse((await office.ask('GET', '/api/office/pulse')).body).pulse
  const first = await pulse()
  expect(await pulse()).toBe(first)
  await family.assign(worker.id)
  expect(await pulse()).not.toBe(first)
  for (let minutes = 0; minutes < 14; minutes += 1) {
    world.clock.advance(60_000)
    await pulse()
  }
  world.clock.advance(60_000)
  expect((await office.ask('GET', '/api/office/pulse')).status).toBe(401)
})
