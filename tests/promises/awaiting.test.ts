import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayAt } from '#contract/day.ts'
import type { HeldAnswer, HeldResults } from '#contract/held.ts'
import type { EntryId, OperationId } from '#contract/id.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { scanFolder } from '#tests/support/scan.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let chief: User
let office: Client
let worker: User
let family: Family
let tablet: WireTablet
let planned: EntryId
let assignment: EntryId

const day = 86_400_000
const fields = { tasks: ['meals'], done: 'Ruokailu ja ulkoilu' }

beforeEach(async () => {
  world = await World.create()
  chief = await world.user({ role: 'main-user' })
  office = await world.signedIn(chief)
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  assignment = await family.assign(worker.id)
  planned = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const record = () => ({
  op: 'visit.record',
  customership: family.id,
  body: family.visit(planned)
})
const sign = (note: EntryId, written: typeof fields = fields) => ({
  op: 'note.sign',
  customership: family.id,
  body: family.note(note, planned, written)
})

/** Days go by, and everybody signs in again. */
async function pass(days: number): Promise<void> {
  world.clock.advance(days * day)
  await world.app.jobs.runDue()
  office = await world.signedIn(chief)
  const session = (await world.signedIn(worker)).cookies.get('session')
  tablet.client.cookies.set('session', session ?? '')
}

/** A visit and its note from a day that the assignment no longer covers, as a silent tablet brings them. */
async function lateVisit(note: EntryId): Promise<OperationId[]> {
  const items = [tablet.write(record()), tablet.write(sign(note))]
  await family.assign(worker.id, { id: assignment, until: dayAt(world.clock.now()) })
  await pass(12)
  const { results } = await tablet.deliver(items)
  tablet.receipt(results)
  expect(results.map(({ code }) => code)).toEqual(['late', 'late'])
  return items.map(({ id }) => id)
}

const open = async (id: OperationId) =>
  (await office.ask('GET', `/api/office/awaiting/${id}`)).body as HeldAnswer
const decide = (ids: readonly OperationId[], decision: string, reason?: string) =>
  office.ask('POST', '/api/office/awaiting', { ids, decision, ...(reason ? { reason } : {}) })
const decided = async (...asked: Parameters<typeof decide>) =>
  ((await decide(...asked)).body as HeldResults).results
const inRecord = async () =>
  (await office.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)).text

test('what awaits is opened for a person with all that a decision needs, and that is logged', async () => {
  const note = newEntryId(world)
  const [, signed] = await lateVisit(note)
  const held = await open(signed!)
  expect(held).toMatchObject({
    customership: family.id,
    name: 'Aino Kuusinen',
    code: 'late',
    author: worker.id,
    device: tablet.device,
    operation: { op: 'note.sign', body: { note, fields } },
    mayAccept: true
  })
  const log = await office.ask('GET', `/api/office/customerships/${family.id}/log`)
  const [latest] = (log.body as { lines: unknown[] }).lines
  expect(latest).toMatchObject({ kind: 'open', purpose: 'organising', user: chief.id })
})

test('accepted in one go, a visit comes before its note, both stand in the record, and the tablet is told', async () => {
  const note = newEntryId(world)
  const [visit, signed] = await lateVisit(note)
  expect(await inRecord()).not.toContain('Ruokailu ja ulkoilu')
  expect(await decided([signed!, visit!], 'accept')).toMatchObject([
    { id: visit, outcome: 'applied' },
    { id: signed, outcome: 'applied' }
  ])
  expect(await inRecord()).toContain('Ruokailu ja ulkoilu')
  await tablet.pull()
  for (const id of [visit!, signed!])
    expect(tablet.outcomes.get(id)).toMatchObject({ outcome: 'applied' })
  expect((await office.ask('GET', '/api/office/notes')).body).toMatchObject({ awaiting: [] })
  // Decided is decided: there is nothing left to decide on.
  expect((await decide([visit!], 'decline', 'Toisin päin')).status).toBe(404)
})

test('a note whose visit is not accepted yet goes on waiting for it, and follows when it is', async () => {
  const note = newEntryId(world)
  const [visit, signed] = await lateVisit(note)
  const later = tablet.write({
    ...sign(newEntryId(world)),
    body: { ...family.note(note, newEntryId(world), fields) }
  })
  expect((await tablet.deliver([later])).results[0]).toMatchObject({ outcome: 'awaiting-decision' })
  expect(await decided([later.id], 'accept')).toMatchObject([
    { outcome: 'awaiting-decision', code: 'waits-for' }
  ])
  expect(await decided([visit!, signed!], 'accept')).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied' }
  ])
})

test.each([
  ['return', 'returned'],
  ['decline', 'declined']
])(
  'to %s needs a reason, which its author reads and nobody else finds in clear',
  async (decision, code) => {
    const note = newEntryId(world)
    const [visit, signed] = await lateVisit(note)
    expect(codeOf(await decide([signed!], decision))).toBe('invalid')
    expect(codeOf(await decide([signed!], 'accept', 'Turha'))).toBe('invalid')
    const coded = await decide([signed!], decision, 'Tunnus 010594Y9032 pois')
    expect(codeOf(coded)).toBe('identity-code')
    expect(await decided([signed!], decision, 'Kirjaa kenen luona kävit')).toEqual([
      { id: signed, outcome: 'refused', code }
    ])
    const frames = await tablet.pull()
    expect(frames.filter(({ frame }) => frame === 'outcome')).toMatchObject([
      { id: signed, outcome: 'refused', code, reason: 'Kirjaa kenen luona kävit' }
    ])
    expect(await inRecord()).not.toContain('Ruokailu ja ulkoilu')
    // What was not taken is kept as it came, and is no longer asked about.
    const feed = (await office.ask('GET', '/api/office/notes')).body as {
      awaiting: { id: string }[]
    }
    expect(feed.awaiting.map(({ id }) => id)).toEqual([visit])
    expect(await scanFolder(world.folder, ['Kirjaa kenen luona'])).toEqual([])
  }
)

test('§8 a personal identity code is masked when the rest is accepted', async () => {
  const note = newEntryId(world)
  await tablet.do(record())
  const coded = { ...fields, done: 'Tunnus 010594Y9032 kirjattiin' }
  const { id } = await tablet.do(sign(note, coded))
  expect(await decided([id], 'accept')).toMatchObject([{ outcome: 'applied' }])
  const text = await inRecord()
  expect(text).toContain('kirjattiin')
  expect(text).not.toContain('010594Y9032')
})

test('what nobody can vouch for, or no server of today understands, is shown but never accepted', async () => {
  const item = tablet.write(sign(newEntryId(world)))
  const unsigned = { ...item, sig: tablet.sign(randomUUID(), item.seq, item.payload) }
  expect((await tablet.deliver([unsigned])).results[0]).toMatchObject({ code: 'unsigned' })
  expect(await open(item.id)).toMatchObject({ mayAccept: false })
  expect(await decided([item.id], 'accept')).toEqual([
    { id: item.id, outcome: 'awaiting-decision', code: 'unsigned' }
  ])
  const body = { ...family.note(newEntryId(world), planned, fields), templateVersion: 'yksi' }
  const odd = await tablet.do({ ...sign(newEntryId(world)), body })
  expect(await open(odd.id)).toMatchObject({
    operation: null,
    texts: ['Ruokailu ja ulkoilu'],
    mayAccept: false
  })
})

test('§7 what came after the end is decided too, into the closed record, so that the ending can go on', async () => {
  const note = newEntryId(world)
  const items = [tablet.write(record()), tablet.write(sign(note))]
  await family.end(dayAt(world.clock.now()))
  await pass(2)
  const { results } = await tablet.deliver(items)
  expect(results.map(({ outcome }) => outcome)).toEqual(['awaiting-decision', 'awaiting-decision'])
  const ids = items.map(({ id }) => id)
  expect(await decided(ids, 'accept')).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied' }
  ])
  expect(await inRecord()).toContain('Ruokailu ja ulkoilu')
})

test('a worker, one who only oversees, and an id of nothing that awaits are all turned away', async () => {
  const [visit] = await lateVisit(newEntryId(world))
  const overseer = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['oversight'] })
  )
  const other = await world.signedIn(worker)
  expect((await other.ask('GET', `/api/office/awaiting/${visit}`)).status).toBe(403)
  expect((await overseer.ask('GET', `/api/office/awaiting/${visit}`)).status).toBe(404)
  const body = { ids: [visit], decision: 'accept' }
  expect((await overseer.ask('POST', '/api/office/awaiting', body)).status).toBe(404)
  const mixed = { ids: [visit, randomUUID()], decision: 'accept' }
  expect((await office.ask('POST', '/api/office/awaiting', mixed)).status).toBe(404)
  expect(await inRecord()).not.toContain('completed')
})
