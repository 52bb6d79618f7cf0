import { afterEach, beforeEach, expect, test } from 'vitest'
import { rescueAnswerSchema, type RescueAnswer } from '#contract/rescue.ts'
import type { EntryId } from '#contract/id.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Item } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family
let tablet: WireTablet
let planned: EntryId

const words = 'Pelastustiedostossa kulkenut kirjaus'

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  planned = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const write = (note: EntryId) =>
  tablet.write({
    op: 'note.sign',
    customership: family.id,
    body: family.note(note, planned, { tasks: ['meals'], done: words })
  })

async function fileOf(items: readonly Item[], device: string = tablet.device) {
  const envelopes = await Promise.all(items.map((item) => tablet.seal(item)))
  const outbox = { last: tablet.lastSeq, waiting: items.map(({ seq }) => seq) }
  return { format: 'kotikaynti/rescue/1', devices: [{ device, outbox, envelopes }] }
}

async function hand(file: unknown): Promise<RescueAnswer> {
  const answer = await office.ask('POST', '/api/rescue', file)
  expect(answer.status).toBe(200)
  return rescueAnswerSchema.parse(answer.body)
}

const read = async () =>
  (await office.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)).text

const none = { applied: 0, 'awaiting-decision': 0, refused: 0, discarded: 0, retry: 0 }

test('what a tablet saved to a file is written as if the tablet had sent it, however often it is handed over', async () => {
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(planned) })
  write(newEntryId(world))
  const file = await fileOf(tablet.outbox)
  expect(JSON.stringify(file)).not.toContain(words)

  const first = await hand(file)
  expect(first.devices).toMatchObject([{ counts: { ...none, applied: 2 }, again: 0, codes: [] }])
  expect(first.devices[0]?.userName).toBe(worker.displayName)
  expect((await read()).split(words)).toHaveLength(2)

  expect((await hand(file)).devices).toMatchObject([{ counts: { ...none, applied: 2 }, again: 2 }])
  const { results } = await tablet.deliver(tablet.outbox)
  expect(results.map(({ outcome, again }) => [outcome, again])).toEqual([
    ['applied', true],
    ['applied', true]
  ])
  expect((await read()).split(words)).toHaveLength(2)
})

test('more than one request holds is taken from one file, in order', async () => {
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(planned) })
  const drafts = Array.from({ length: 120 }, () => newEntryId(world)).map((note) =>
    tablet.write({
      op: 'note.draft',
      customership: family.id,
      body: family.note(note, planned, { tasks: ['meals'], done: words })
    })
  )
  const { devices } = await hand(await fileOf(tablet.outbox))
  expect(devices).toMatchObject([{ counts: { ...none, applied: drafts.length + 1 } }])
})

test('the file of a revoked tablet awaits a decision, and nothing in it is lost', async () => {
  write(newEntryId(world))
  const file = await fileOf(tablet.outbox)
  expect((await office.ask('DELETE', `/api/devices/${tablet.device}`)).status).toBe(204)
  expect((await hand(file)).devices).toMatchObject([
    { counts: { ...none, 'awaiting-decision': 1 }, codes: ['device-revoked'] }
  ])
})

test('an older file leaves what the tablet last said of itself as it was', async () => {
  const old = await fileOf([write(newEntryId(world))])
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(planned) })
  await tablet.push()
  const device = () => world.parts.store.devices.find(tablet.device)
  const before = await device()
  world.clock.advance(60_000)
  await hand(old)
  const after = await device()
  expect([after?.lastContactAt, after?.outboxLast, after?.outboxWaiting]).toEqual([
    before?.lastContactAt,
    before?.outboxLast,
    before?.outboxWaiting
  ])
})

test('envelopes of an unknown device are counted, and of another device cannot be opened', async () => {
  const item = write(newEntryId(world))
  expect(await hand(await fileOf([item], newEntryId(world)))).toEqual({
    devices: [],
    unknown: 1
  })
  const other = await WireTablet.enrol(world, worker)
  expect((await hand(await fileOf([item], other.device))).devices).toMatchObject([
    { counts: { ...none, refused: 1 }, codes: ['cannot-open'] }
  ])
  // A line that nobody can open must not make the office believe that a number has come.
  await world.parts.store.devices.contact(other.device, {
    at: world.clock.now(),
    outbox: { last: item.seq, waiting: [] }
  })
  expect(await world.parts.store.devices.missing(other.device)).toEqual([item.seq])
  expect((await tablet.push())[0]).toMatchObject({ outcome: 'applied' })
})

test('§12 who hands a file over is written down, and only a main user may', async () => {
  const file = await fileOf([write(newEntryId(world))])
  const colleague = await world.worker()
  expect((await colleague.ask('POST', '/api/rescue', file)).status).toBe(403)
  expect((await world.client().ask('POST', '/api/rescue', file)).status).toBe(401)
  const since = world.clock.now()
  world.clock.advance(1000)
  await hand(file)
  const use = { customership: null, user: mainUser.id, device: null } as const
  expect(
    await world.parts.store.usage.hasSince({ ...use, kind: 'write', purpose: 'organising' }, since)
  ).toBe(true)
  expect(
    (await world.parts.store.usage.of(family.id)).map(({ user, kind }) => [user, kind])
  ).toContainEqual([worker.id, 'write'])
})
