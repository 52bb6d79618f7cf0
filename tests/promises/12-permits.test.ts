import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, toMoment, type Day } from '#contract/day.ts'
import type { CustomershipAnswer } from '#contract/customership.ts'
import type { Document } from '#contract/document.ts'
import type { EntryId } from '#contract/id.ts'
import type { NoteFields } from '#contract/note.ts'
import type { Situation } from '#contract/office.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let worker: User
let family: Family
let tablet: WireTablet
let visit: EntryId

const given: NoteFields = {
  tasks: ['meals'],
  done: 'Iltapala ja lääke',
  medicine: true,
  medicines: '18.30\tBurana\t5 ml'
}

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker', displayName: 'Helmi Kotikäyttäjä' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  visit = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const today = () => dayAt(world.clock.now())

async function concerns(): Promise<Situation['concerns']> {
  return bodyOf<Situation>(await office.ask('GET', '/api/office/situation')).concerns
}

/** A scanned permit in the record, as if its pages had come. */
async function scan(days: Partial<Pick<Document, 'validFrom' | 'validUntil' | 'type'>>) {
  const [id, at] = [newEntryId(world), toMoment(world.clock.now())]
  const data: Document = {
    type: 'medication-permit',
    identityCode: 'none',
    pages: [{ page: 1, mediaType: 'image/png', sha256: 'A'.repeat(43) }],
    addedBy: worker.id,
    addedAt: at,
    original: [{ state: 'destroyed', by: worker.id, at }],
    ...days
  }
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.put('document', id, data, worker.id))
  )
}

const write = (op: 'note.draft' | 'note.sign', note: EntryId, fields: NoteFields) =>
  tablet.do({ op, customership: family.id, body: family.note(note, visit, fields) })
const answer = (note: EntryId, fields: readonly string[], done = 'Soitettiin vanhemmalle') =>
  office.ask('POST', `/api/office/customerships/${family.id}/notes/${note}/answer`, {
    fields,
    done
  })

test('§12 a signed note that tells of medicine without a permit is kept and read, and stands first at the office', async () => {
  const note = newEntryId(world)
  expect(await write('note.sign', note, given)).toMatchObject({ outcome: 'applied' })
  await tablet.pull()
  expect(tablet.entry(family.id, note)?.data).toMatchObject({ state: 'signed', fields: given })
  expect(await concerns()).toMatchObject([
    { note, about: ['no-permit'], fields: ['medicine', 'medicines'], author: worker.id }
  ])
})

test('§12 a draft with the same words tells of nothing yet', async () => {
  await write('note.draft', newEntryId(world), given)
  expect(await concerns()).toEqual([])
})

const day = (days: number): Day => addDays(today(), days)

test('§12 a permit that holds on the day of the visit covers its medicine', async () => {
  await scan({ validFrom: day(0), validUntil: day(0) })
  await write('note.sign', newEntryId(world), given)
  expect(await concerns()).toEqual([])
})

test.each<[string, () => Parameters<typeof scan>[0]]>([
  ['ended yesterday', () => ({ validUntil: day(-1) })],
  ['begins tomorrow', () => ({ validFrom: day(1) })],
  ['is for transport', () => ({ type: 'transport-permit' })]
])('§12 a permit that %s covers no medicine of today', async (_, days) => {
  await scan(days())
  await write('note.sign', newEntryId(world), given)
  expect(await concerns()).toMatchObject([{ about: ['no-permit'] }])
})

test('§12 a permit that arrives after the text covers it', async () => {
  await write('note.sign', newEntryId(world), given)
  expect(await concerns()).toHaveLength(1)
  await scan({ validUntil: today() })
  expect(await concerns()).toEqual([])
})

test('a concern and a child welfare notification top Tilanne from the draft on, however old, until what was done is told', async () => {
  const note = newEntryId(world)
  const fields: NoteFields = { concern: true, 'child-welfare-notification': true }
  const draft = await write('note.draft', note, fields)
  const told = { note, about: ['child-welfare', 'concern'] }
  expect(await concerns()).toMatchObject([told])
  await tablet.do({
    ...{ op: 'note.sign', customership: family.id, based: draft.revision ?? null },
    body: family.note(note, visit, { tasks: ['meals'], done: 'Iltapala', ...fields })
  })
  world.clock.advance(60 * 86_400_000)
  office = await world.mainUser()
  expect(await concerns()).toMatchObject([told])

  expect((await answer(note, ['concern'])).status).toBe(200)
  expect(await concerns()).toMatchObject([{ note, about: ['child-welfare'] }])
  expect((await answer(note, ['child-welfare-notification'])).status).toBe(200)
  expect(await concerns()).toEqual([])
})

test('what was done is told by a main user, who and when, for the fields that were seen', async () => {
  const note = newEntryId(world)
  const draft = await write('note.draft', note, { concern: true })
  expect((await answer(note, ['concern'])).status).toBe(200)
  expect(await concerns()).toEqual([])
  const record = await world.parts.store.register.read(family.id, (one) => one.closingRecord())
  expect(record?.answers).toMatchObject([
    { note, fields: ['concern'], done: 'Soitettiin vanhemmalle', at: toMoment(world.clock.now()) }
  ])
  const opened = await office.ask(
    'GET',
    `/api/office/customerships/${family.id}?purpose=organising`
  )
  expect(bodyOf<CustomershipAnswer>(opened).answers).toEqual(record?.answers)
  const uses = await world.parts.store.usage.of(family.id)
  expect(uses.at(-2)).toMatchObject({ kind: 'write', purpose: 'organising' })

  // The draft goes on: the answer raised no revision of it, so nothing forks, and what is new is told anew.
  const signed = await tablet.do({
    ...{ op: 'note.sign', customership: family.id, based: draft.revision ?? null },
    body: family.note(note, visit, {
      ...{ tasks: ['meals'], done: 'Iltapala', concern: true },
      'child-welfare-notification': true
    })
  })
  expect(signed).toMatchObject({ outcome: 'applied' })
  expect(signed).not.toHaveProperty('code')
  expect(await concerns()).toMatchObject([{ note, about: ['child-welfare'] }])
})

test('an answer is for a note of that customership, and holds no identity code', async () => {
  const note = newEntryId(world)
  expect((await answer(note, ['concern'])).status).toBe(404)
  await write('note.draft', note, { concern: true })
  const refused = await answer(note, ['concern'], 'Tunnus 010594Y9032')
  expect([refused.status, codeOf(refused)]).toEqual([422, 'identity-code'])
  expect(await concerns()).toHaveLength(1)
})

test('an ending that is taken back forgets no concern', async () => {
  const note = newEntryId(world)
  await write('note.draft', note, { concern: true })
  await family.end(addDays(today(), 3))
  expect((await family.post('ending/acts', { act: 'cancel', reason: 'Jatkuu' })).status).toBe(200)
  const record = await world.parts.store.register.read(family.id, (one) => one.closingRecord())
  expect(record?.alarms).toEqual([note])
})
