import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, OperationId } from '#contract/id.ts'
import { noteWrittenSchema, type NoteFields, type NoteWritten } from '#contract/note.ts'
import { unfinishedNotesSchema } from '#contract/office.ts'
import { PackageWords } from '#server/disclosures/package-words.ts'
import { readPackageSource } from '#server/disclosures/package-source.ts'
import { noteBlocks } from '#server/disclosures/paper-notes.ts'
import { visitBlocks } from '#server/disclosures/paper-work.ts'
import { recordText } from '#server/disclosures/return-record.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family
let tablet: WireTablet
let visit: EntryId

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Maija Meikäläinen' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker', displayName: 'Liisa Laine' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  visit = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const said = (done: string): NoteFields => ({ tasks: ['meals'], done })
const pathOf = (of: EntryId, what: string) =>
  `/api/office/customerships/${family.id}/visits/${of}/${what}`

interface Typing {
  readonly note: EntryId
  readonly based?: number | null
  readonly beside?: EntryId
  readonly state?: 'draft' | 'signed'
  readonly by?: Client
}

/** What the office sends at a pause. */
const ask = (fields: NoteFields, { by = office, ...o }: Typing): Promise<Answer> =>
  by.ask('PUT', pathOf(visit, 'note'), {
    ...{ template: 'home-service', templateVersion: 1, fields, state: 'draft' },
    ...{ based: null, beside: newEntryId(world) },
    ...o
  })

async function type(fields: NoteFields, o: Typing): Promise<NoteWritten> {
  const answer = await ask(fields, o)
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return noteWrittenSchema.parse(answer.body)
}

const draft = (
  note: EntryId,
  fields: NoteFields,
  o: { based?: number | null; after?: OperationId } = {}
) =>
  tablet.do({
    op: 'note.draft',
    customership: family.id,
    body: family.note(note, visit, fields),
    ...o
  })
const sign = (note: EntryId, fields: NoteFields, based: number | null = null) =>
  tablet.do({
    op: 'note.sign',
    customership: family.id,
    body: family.note(note, visit, fields),
    based
  })

async function held(id: EntryId): Promise<Entry<'note'> | undefined> {
  await tablet.pull()
  return tablet.entry(family.id, id) as Entry<'note'> | undefined
}

const notes = async (): Promise<Entry<'note'>[]> =>
  entriesOf((await world.parts.store.register.read(family.id, (r) => r.entries())) ?? [], 'note')

const mine = (since: number) => [{ by: mainUser.id, since }]

test('what a main user types is the worker’s note, and names who typed it; the tablet receives it as a draft', async () => {
  const note = newEntryId(world)
  const { revision } = await type(said('Leivottiin'), { note })
  expect(await held(note)).toMatchObject({
    ...{ revision, by: mainUser.id },
    data: {
      ...{ visit, author: worker.id, state: 'draft', fields: said('Leivottiin') },
      recordedBy: mine(revision)
    }
  })
  const next = await type(said('Leivottiin pullaa'), { note, based: revision })
  expect((await held(note))?.data).toMatchObject({
    ...{ fields: said('Leivottiin pullaa'), recordedBy: mine(revision) }
  })
  expect(next.note).toBe(note)
})

test('begun on the tablet, finished and signed at the office: the signature is the main user’s own, and amended by the author alone', async () => {
  const note = newEntryId(world)
  const begun = await draft(note, said('Leivottiin'))
  const based = begun.revision ?? null
  world.clock.advance(60_000)
  const { revision } = await type(said('Leivottiin pullaa'), { note, based, state: 'signed' })
  expect((await held(note))?.data).toEqual({
    ...{ visit, template: 'home-service', templateVersion: 1, fields: said('Leivottiin pullaa') },
    ...{ state: 'signed', author: worker.id, signedBy: mainUser.id, recordedBy: mine(revision) },
    ...{ writtenAt: toMoment(world.clock.now()), signedAt: toMoment(world.clock.now()) }
  })
  const amendment = newEntryId(world)
  const body = { note: amendment, amends: note, reason: 'Jäi pois', fields: { done: 'Pullaa' } }
  await tablet.do({ op: 'note.amend', customership: family.id, body })
  const own = (await held(amendment))?.data
  expect(own).toMatchObject({ author: worker.id, amends: note })
  expect([own?.recordedBy, own?.signedBy]).toEqual([undefined, undefined])
})

test('begun at the office, finished on the tablet: the author signs in their own name, and who typed stays named', async () => {
  const note = newEntryId(world)
  const begun = await type(said('Leivottiin'), { note })
  const saved = await draft(note, said('Leivottiin, lapsi nukkui'), { based: begun.revision })
  expect(saved).toMatchObject({ outcome: 'applied' })
  expect(saved.code).toBeUndefined()
  await sign(note, said('Leivottiin, lapsi nukkui'), saved.revision ?? null)
  const { data } = (await held(note))!
  expect(data).toMatchObject({ state: 'signed', recordedBy: mine(begun.revision) })
  expect(data.signedBy).toBeUndefined()
})

test('two main users type one after the other, and both stay named', async () => {
  const other = await world.user({ role: 'main-user' })
  const note = newEntryId(world)
  const first = await type(said('Leivottiin'), { note })
  const by = await world.signedIn(other)
  const second = await type(said('Leivottiin pullaa'), { note, based: first.revision, by })
  expect((await held(note))?.data.recordedBy).toEqual([
    ...mine(first.revision),
    { by: other.id, since: second.revision }
  ])
})

test('both wrote: nothing is overwritten, the office’s words stand beside, and only its own version names it', async () => {
  const note = newEntryId(world)
  const begun = await draft(note, said('Leivottiin'))
  const newer = await draft(note, said('Leivottiin ja ulkoiltiin'), {
    based: begun.revision ?? null
  })
  const beside = newEntryId(world)
  const laid = await type(said('Leivottiin. Paperista lisää'), {
    ...{ note, based: begun.revision ?? null, beside }
  })
  expect(laid.note).toBe(beside)
  expect(await held(note)).toMatchObject({
    revision: newer.revision,
    data: { fields: said('Leivottiin ja ulkoiltiin') }
  })
  expect((await held(note))?.data.recordedBy).toBeUndefined()
  expect((await held(beside))?.data).toMatchObject({
    ...{ forkOf: note, state: 'draft', author: worker.id, recordedBy: mine(laid.revision) }
  })
})

test('a tablet that had not seen the office’s words has none of them in its version; one that had names them', async () => {
  const note = newEntryId(world)
  const begun = tablet.write({
    op: 'note.draft',
    customership: family.id,
    body: family.note(note, visit, said('Leivottiin'))
  })
  const [first] = await tablet.push([begun])
  const typed = await type(said('Toimiston sanat'), { note, based: first?.revision ?? null })
  const unseen = await draft(note, said('Leivottiin, ulkoiltiin'), { after: begun.id })
  expect(unseen.code).toBe('forked')
  const unseenFork = (await notes()).find(({ revision }) => revision === unseen.revision)!
  expect(unseenFork.data.recordedBy).toBeUndefined()
  const again = await draft(note, said('Leivottiin, ulkoiltiin, syötiin'), { after: unseen.id })
  const continued = (await notes()).find(({ revision }) => revision === again.revision)!
  expect(continued.data.recordedBy).toBeUndefined()

  const later = await type(said('Toimiston sanat, lisää'), { note, based: typed.revision })
  const seen = await draft(note, said('Toimiston sanat ja omat'), { based: typed.revision })
  expect(seen.revision).toBeGreaterThan(later.revision)
  const seenFork = (await notes()).find(({ revision }) => revision === seen.revision)!
  expect(seenFork.data).toMatchObject({ forkOf: note, recordedBy: mine(typed.revision) })
})

test('a note begun at the office while the tablet was writing one stands beside it', async () => {
  const [own, typed] = [newEntryId(world), newEntryId(world)]
  await draft(own, said('Leivottiin'))
  await type(said('Paperista'), { note: typed })
  expect((await held(typed))?.data).toMatchObject({ forkOf: own, state: 'draft' })
})

test('side by side at the office: one text in one transaction, both stay in the record, and what changed since is shown anew', async () => {
  const note = newEntryId(world)
  const begun = await draft(note, said('Leivottiin'))
  const based = begun.revision ?? 0
  const newer = await draft(note, said('Leivottiin, ulkoiltiin'), { based })
  const fork = await type(said('Paperista'), { note, based })
  const merge = (o: object) =>
    office.ask('POST', pathOf(visit, 'note/merge'), {
      ...{ note, based: newer.revision, fork: fork.note, forkBased: fork.revision },
      ...{ fields: said('Leivottiin, ulkoiltiin\n\nPaperista'), ...o }
    })
  expect(codeOf(await merge({ based }))).toBe('conflict')
  expect(codeOf(await merge({ fork: newEntryId(world) }))).toBe('conflict')
  expect(codeOf(await merge({ forkBased: fork.revision - 1 }))).toBe('conflict')
  const answer = await merge({})
  expect(answer.status).toBe(200)
  const { revision } = noteWrittenSchema.parse(answer.body)
  expect(await held(note)).toMatchObject({
    revision,
    data: {
      ...{ state: 'draft', author: worker.id, recordedBy: mine(fork.revision) },
      fields: said('Leivottiin, ulkoiltiin\n\nPaperista')
    }
  })
  expect((await held(fork.note))?.data).toMatchObject({
    mergedInto: note,
    fields: said('Paperista')
  })
  // The answer was lost, and the browser asks once more.
  expect((await merge({})).status).toBe(200)
  expect((await notes()).length).toBe(2)
})

test('the author merges the office’s version on the tablet; words typed meanwhile stay open, and the name stays', async () => {
  const note = newEntryId(world)
  const begun = await draft(note, said('Leivottiin'))
  const newer = await draft(note, said('Leivottiin, ulkoiltiin'), { based: begun.revision ?? null })
  const first = await type(said('Paperista'), { note, based: begun.revision ?? null })
  const second = await type(said('Paperista lisää'), { note: first.note, based: first.revision })
  expect(second.note).not.toBe(first.note)
  const body = { note, fork: first.note, fields: said('Leivottiin, ulkoiltiin, paperista') }
  await tablet.do({
    ...{ op: 'note.merge', customership: family.id, body },
    based: newer.revision ?? null
  })
  expect((await held(note))?.data).toMatchObject({ recordedBy: [{ by: mainUser.id }] })
  expect((await held(second.note))?.data).toMatchObject({
    ...{ forkOf: note, state: 'draft', fields: said('Paperista lisää') }
  })
  expect((await held(second.note))?.data.mergedInto).toBeUndefined()
})

test('a merge settles the version that was seen: of the author’s own words the last, of anybody else’s none unseen', async () => {
  const [note, own] = [newEntryId(world), newEntryId(world)]
  const typed = await type(said('Toimiston sanat'), { note })
  const first = await draft(own, said('Omat'))
  const last = await draft(own, said('Omat sanat'), { after: first.id })
  const merge = (fork: EntryId, based: number | undefined, seen: object) =>
    tablet.do({
      ...{ op: 'note.merge', customership: family.id, based: based ?? null },
      body: { note, fork, fields: said('Molemmat'), ...seen }
    })
  const once = await merge(own, typed.revision, { forkBased: first.revision })
  expect(once).toMatchObject({ outcome: 'applied' })
  expect((await held(own))?.data.mergedInto).toBeUndefined()
  const seen = { forkBased: first.revision, forkAfter: last.id }
  await merge(own, once.revision ?? undefined, seen)
  expect((await held(own))?.data.mergedInto).toBe(note)
})

test('a signed note is never overwritten: what the office types stands beside as a draft, and settles without a word added', async () => {
  const note = newEntryId(world)
  const begun = await draft(note, said('Leivottiin'))
  const based = begun.revision ?? 0
  await sign(note, said('Leivottiin pullaa'), based)
  const before = await held(note)
  const over = await type(said('Yli'), { note, based: before?.revision ?? null })
  expect(over.note).not.toBe(note)
  const laid = await type(said('Paperista'), { note, based, state: 'signed' })
  expect((await held(laid.note))?.data).toMatchObject({ forkOf: note, state: 'draft' })
  expect((await held(laid.note))?.data.signedBy).toBeUndefined()
  const merge = (fields: NoteFields) =>
    office.ask('POST', pathOf(visit, 'note/merge'), {
      ...{ note, based: before?.revision, fork: laid.note, forkBased: laid.revision, fields }
    })
  expect(codeOf(await merge(said('Paperista')))).toBe('conflict')
  expect((await merge(said('Leivottiin pullaa'))).status).toBe(200)
  expect(await held(note)).toEqual(before)
  expect((await held(laid.note))?.data).toMatchObject({
    ...{ mergedInto: note, fields: said('Paperista') }
  })
})

test('words that stand beside another version are not signed either when they are gone on with', async () => {
  const note = newEntryId(world)
  await sign(note, said('Leivottiin'))
  const laid = await type(said('Paperista'), { note, based: 0 })
  const { note: fork, revision: based } = laid
  const again = await type(said('Paperista luettiin'), { note: fork, based, state: 'signed' })
  expect(again.state).toBe('draft')
  const all = await notes()
  expect(all.map(({ data }) => data.state).sort()).toEqual(['draft', 'signed'])
  expect((await held(again.note))?.data).toMatchObject({ forkOf: note, state: 'draft' })
})

test('the author’s own words beside what they signed are theirs to decide on, not the office’s', async () => {
  const note = newEntryId(world)
  await sign(note, said('Leivottiin'))
  const laid = await draft(note, said('Vielä tämä'))
  const fork = (await notes()).find(({ revision }) => revision === laid.revision)!
  const { revision: based } = (await notes()).find(({ id }) => id === note)!
  const answer = await office.ask('POST', pathOf(visit, 'note/merge'), {
    ...{ note, based, fork: fork.id, forkBased: fork.revision, fields: said('Leivottiin') }
  })
  expect(codeOf(answer)).toBe('conflict')
  expect((await held(fork.id))?.data.mergedInto).toBeUndefined()
})

test('the same words asked for once more are one text: the answer was lost on its way', async () => {
  const note = newEntryId(world)
  const first = await type(said('Leivottiin'), { note })
  expect(await type(said('Leivottiin'), { note })).toEqual(first)
  const newer = await draft(note, said('Tabletilta'), { based: first.revision })
  const beside = newEntryId(world)
  const laid = await type(said('Paperista'), { note, based: first.revision, beside })
  expect(await type(said('Paperista'), { note, based: first.revision, beside })).toEqual(laid)
  expect((await notes()).map(({ revision }) => revision)).toEqual([newer.revision, laid.revision])
})

test('a signature whose answer was lost is found again by its words, though they come as a draft', async () => {
  const note = newEntryId(world)
  const signed = await type(said('Leivottiin'), { note, state: 'signed' })
  const again = await type(said('Leivottiin'), { note })
  expect(again).toEqual(signed)
  expect((await notes()).filter(({ data }) => data.forkOf)).toEqual([])
})

test('what no note may hold is refused by its place, and nothing of it is told or kept', async () => {
  const note = newEntryId(world)
  const before = (await notes()).length
  const code = await ask(said('Hetu 010594Y9032'), { note })
  expect(code.body).toMatchObject({ code: 'identity-code', issues: [{ path: ['fields', 'done'] }] })
  expect(code.text).not.toContain('010594Y9032')
  for (const [answer, told] of [
    [await ask({ unknown: 'x' }, { note }), 'invalid'],
    [await ask({ done: 'x' }, { note, state: 'signed' }), 'invalid'],
    [
      await office.ask('PUT', pathOf(visit, 'note'), { note, author: mainUser.id }),
      'unknown-property'
    ],
    [await ask({ ['__proto__']: 'x', done: 'x' }, { note }), 'unknown-property'],
    [await ask(said('x'), { note, recordedBy: [] } as unknown as Typing), 'unknown-property']
  ] as const)
    expect(codeOf(answer)).toBe(told)
  visit = newEntryId(world)
  expect(codeOf(await ask(said('x'), { note }))).toBe('not-found')
  expect((await notes()).length).toBe(before)
})

test('another visit’s note, another family’s visit and an amendment are out of reach', async () => {
  const note = newEntryId(world)
  await sign(note, said('Leivottiin'))
  const amendment = newEntryId(world)
  const body = { note: amendment, amends: note, reason: 'Jäi pois', fields: { done: 'Pullaa' } }
  await tablet.do({ op: 'note.amend', customership: family.id, body })
  expect(codeOf(await ask(said('x'), { note: amendment }))).toBe('invalid')
  const first = visit
  visit = await family.plan(worker.id)
  expect(codeOf(await ask(said('x'), { note }))).toBe('invalid')
  const strangers = await Family.open(world, office, 'Toinen')
  const path = `/api/office/customerships/${strangers.id}/visits/${first}/note`
  const typed = { template: 'home-service', templateVersion: 1, fields: said('x'), state: 'draft' }
  const answer = await office.ask('PUT', path, {
    ...{ ...typed, note: newEntryId(world), based: null, beside: newEntryId(world) }
  })
  expect(codeOf(answer)).toBe('not-found')
})

test('§12 a worker, a stranger and who only oversees type nothing; what is closed takes nothing', async () => {
  const note = newEntryId(world)
  expect((await ask(said('x'), { note, by: tablet.client })).status).toBe(403)
  expect((await ask(said('x'), { note, by: world.client() })).status).toBe(401)
  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  expect((await ask(said('x'), { note, by: await world.signedIn(overseer) })).status).toBe(404)
  expect((await family.end(dayAt(world.clock.now()))).status).toBe(200)
  world.clock.advance(2 * 86_400_000)
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.setState('closed'))
  )
  office = await world.signedIn(mainUser)
  expect(codeOf(await ask(said('x'), { note }))).toBe('conflict')
  expect(await notes()).toEqual([])
})

test('each sitting leaves a line with its purpose, and a signature one of its own', async () => {
  const note = newEntryId(world)
  const written = async () =>
    (await world.parts.store.usage.of(family.id)).filter(
      ({ purpose, user }) => purpose === 'carrying-out' && user === mainUser.id
    ).length
  const first = await type(said('a'), { note })
  const second = await type(said('ab'), { note, based: first.revision })
  expect(await written()).toBe(1)
  world.clock.advance(16 * 60_000)
  office = await world.signedIn(mainUser)
  const third = await type(said('abc'), { note, based: second.revision })
  expect(await written()).toBe(2)
  await type(said('abc'), { note, based: third.revision, state: 'signed' })
  expect(await written()).toBe(3)
})

test('§5 what is typed at the office lies sealed: no file of the server holds a word of it', async () => {
  const note = newEntryId(world)
  await type(said('Kanarianlintu lauloi'), { note })
  await world.stop()
  const files = await readdir(world.folder, { recursive: true, withFileTypes: true })
  for (const file of files.filter((one) => one.isFile()))
    expect((await readFile(join(file.parentPath, file.name))).includes('Kanarianlintu')).toBe(false)
  expect(world.logLines.join()).not.toContain('Kanarianlintu')
  await world.start()
})

test('from a paper day sheet: the times are the worker’s, with the reason and who recorded them; later tablets stand beside', async () => {
  world.clock.advance(3 * 3_600_000)
  office = await world.signedIn(mainUser)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const planned = tablet.entry(family.id, visit) as Entry<'visit'>
  const [start, end] = [world.clock.now() - 7_200_000, world.clock.now() - 3_600_000]
  const record = (o: object) =>
    office.ask('PUT', pathOf(visit, 'record'), {
      ...{ based: planned.revision, startedAt: toMoment(start), endedAt: toMoment(end) },
      ...{ state: 'completed', reason: 'Paperisesta päivälistasta', ...o }
    })
  for (const [o, code] of [
    [{ reason: '  ' }, 'invalid'],
    [{ reason: 'Hetu 010594Y9032' }, 'identity-code'],
    [{ endedAt: undefined }, 'invalid'],
    [{ endedAt: toMoment(start - 1000) }, 'invalid'],
    [{ endedAt: toMoment(world.clock.now() + 60_000) }, 'invalid'],
    [{ state: 'started' }, 'invalid'],
    [{ worker: mainUser.id }, 'unknown-property'],
    [{ based: planned.revision - 1 }, 'conflict']
  ] as const)
    expect(codeOf(await record(o))).toBe(code)

  expect((await record({})).status).toBe(200)
  await tablet.pull()
  const recorded = tablet.entry(family.id, visit) as Entry<'visit'>
  expect(recorded).toMatchObject({
    by: mainUser.id,
    data: {
      ...{ worker: worker.id, recordedBy: mainUser.id, state: 'completed' },
      ...{ reason: 'Paperisesta päivälistasta', plannedStart: planned.data.plannedStart },
      ...{ startedAt: toMoment(start), endedAt: toMoment(end) }
    }
  })
  // It stands now, and the office takes nothing back of it.
  expect(codeOf(await record({ based: recorded.revision }))).toBe('conflict')
  const body = family.visit(visit)
  const late = await tablet.do({ op: 'visit.record', customership: family.id, body, based: null })
  expect(late.code).toBe('forked')
  // The worker corrects it as their own; the former record keeps who had told it.
  await tablet.do({
    ...{ op: 'visit.record', customership: family.id, based: recorded.revision },
    body: { ...body, reason: 'Kello oli väärin' }
  })
  await tablet.pull()
  const { data } = tablet.entry(family.id, visit) as Entry<'visit'>
  expect(data.recordedBy).toBeUndefined()
  expect(data.formerly).toMatchObject([{ by: mainUser.id, startedAt: toMoment(start) }])
})

const times = (based: number | null | undefined) => ({
  ...{ based, state: 'completed', reason: 'Paperisesta päivälistasta' },
  startedAt: toMoment(world.clock.now() - 3_600_000),
  endedAt: toMoment(world.clock.now())
})

test('§12 a worker, a stranger and who only oversees record no times; what is closed takes none', async () => {
  const planned = tablet.entry(family.id, visit)
  const record = (by: Client) => by.ask('PUT', pathOf(visit, 'record'), times(planned?.revision))
  for (const by of [tablet.client, await world.signedIn(await world.user({ role: 'worker' }))])
    expect([(await record(by)).status, codeOf(await record(by))]).toEqual([403, 'not-allowed'])
  expect((await record(world.client())).status).toBe(401)
  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  expect((await record(await world.signedIn(overseer))).status).toBe(404)
  const unpledged = await world.user({ role: 'main-user', pledgedAt: null })
  expect(codeOf(await record(await world.signedIn(unpledged)))).toBe('pending')
  const strangers = await Family.open(world, office, 'Toinen')
  const elsewhere = `/api/office/customerships/${strangers.id}/visits/${visit}/record`
  expect(codeOf(await office.ask('PUT', elsewhere, times(planned?.revision)))).toBe('not-found')

  expect((await family.end(dayAt(world.clock.now()))).status).toBe(200)
  world.clock.advance(2 * 86_400_000)
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.setState('closed'))
  )
  office = await world.signedIn(mainUser)
  expect(codeOf(await record(office))).toBe('conflict')
  const entries = await world.parts.store.register.read(family.id, (r) => r.entries())
  expect(entriesOf(entries ?? [], 'visit')).toMatchObject([
    { id: visit, data: { state: 'planned' } }
  ])
})

test('§6 whoever records, responsible or not, is in the log with the purpose, and is named unless the visit was their own', async () => {
  const other = await world.user({ role: 'main-user' })
  await family.assign(other.id)
  const own = await family.plan(other.id)
  await tablet.pull()
  const recordAs = async (user: User, of: EntryId) => {
    const entries = await world.parts.store.register.read(family.id, (r) => r.entry('visit', of))
    const by = await world.signedIn(user)
    expect((await by.ask('PUT', pathOf(of, 'record'), times(entries?.revision))).status).toBe(200)
    return (await world.parts.store.register.read(family.id, (r) => r.entry('visit', of)))?.data
  }
  expect(await recordAs(mainUser, visit)).toMatchObject({
    ...{ worker: worker.id, recordedBy: mainUser.id }
  })
  const hers = await recordAs(other, own)
  expect([hers?.worker, hers?.recordedBy]).toEqual([other.id, undefined])
  const uses = await world.parts.store.usage.of(family.id)
  const recorded = uses.filter(
    ({ kind, purpose }) => kind === 'write' && purpose === 'carrying-out'
  )
  expect(recorded.map(({ user }) => user).sort()).toEqual([mainUser.id, other.id].sort())
})

test.each([
  ['fi', 'Kirjasi Maija Meikäläinen, työntekijä Liisa Laine', 'vahvisti Maija Meikäläinen'],
  ['sv', 'Antecknad av Maija Meikäläinen, arbetstagare Liisa Laine', 'av Maija Meikäläinen']
] as const)(
  '§7 the paper that is handed back names both, in %s',
  async (language, both, signer) => {
    expect((await family.end(addDays(dayAt(world.clock.now()), 3))).status).toBe(200)
    await type(said('Leivottiin'), { note: newEntryId(world), state: 'signed' })
    const planned = tablet.entry(family.id, visit) as Entry<'visit'>
    world.clock.advance(3 * 3_600_000)
    office = await world.signedIn(mainUser)
    const startedAt = toMoment(world.clock.now() - 7_200_000)
    const endedAt = toMoment(world.clock.now())
    const recorded = await office.ask('PUT', pathOf(visit, 'record'), {
      ...{ based: planned.revision, state: 'completed', reason: 'Paperista', startedAt, endedAt }
    })
    expect(recorded.status).toBe(200)
    const source = await readPackageSource(
      world.parts.store,
      { id: family.id, language, by: mainUser.id },
      { number: 'P-1', now: world.clock.now() }
    )
    const words = new PackageWords(source!)
    const notes = JSON.stringify(noteBlocks(source!, words))
    expect(notes).toContain(both)
    expect(notes).toContain(signer)
    expect(JSON.stringify(visitBlocks(source!.entries, words))).toContain(
      words.say('package.visit.recorded', { name: 'Maija Meikäläinen' })
    )
    const record = JSON.parse(recordText(source!, new Map())) as { people: { id: string }[] }
    expect(record.people.map(({ id }) => id)).toEqual(
      expect.arrayContaining([mainUser.id, worker.id])
    )
  }
)

test('Kirjaukset names what the days before have left unwritten, until it is signed', async () => {
  const [other, never] = [await family.plan(worker.id), await family.plan(worker.id)]
  await tablet.do({ op: 'visit.record', customership: family.id, body: family.visit(other) })
  await tablet.do({ op: 'visit.record', customership: family.id, body: family.visit(visit) })
  const note = newEntryId(world)
  const begun = await draft(note, said('Leivottiin'))
  const read = async () =>
    unfinishedNotesSchema.parse((await office.ask('GET', '/api/office/notes/unfinished')).body)
  expect(await read()).toEqual({ drafts: [], without: [] })
  world.clock.advance(86_400_000)
  office = await world.signedIn(mainUser)
  const line = {
    ...{ customership: family.id, firstName: 'Aino', lastName: 'Kuusinen' },
    ...{ state: 'completed', worker: worker.id }
  }
  expect(await read()).toMatchObject({
    drafts: [{ ...line, visit }],
    // Held before it was planned, and one that nobody recorded at all.
    without: [
      { ...line, visit: other },
      { ...line, state: 'planned', visit: never }
    ]
  })
  await type(said('Leivottiin'), { note, based: begun.revision ?? null, state: 'signed' })
  expect((await read()).drafts).toEqual([])
  await draft(note, said('Vielä tämä'))
  expect((await read()).drafts).toEqual([])
  world.clock.advance(61 * 86_400_000)
  office = await world.signedIn(mainUser)
  expect((await read()).without).toEqual([])
})

test('an id that the office did not make for this is no way to another text', async () => {
  const note = newEntryId(world)
  const first = await type(said('Leivottiin'), { note })
  const taken = await ask(said('Muuta'), { note, based: null, beside: note })
  expect(codeOf(taken)).toBe('conflict')
  expect((await held(note))?.revision).toBe(first.revision)
  expect((await ask(said('x'), { note: randomUUID() as EntryId, beside: note })).status).toBe(409)
})
