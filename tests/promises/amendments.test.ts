import { afterEach, beforeEach, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId, type OperationId } from '#contract/id.ts'
import type { NoteFields } from '#contract/note.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let worker: User
let family: Family
let tablet: WireTablet
let second: WireTablet
let visit: EntryId

const said = (done: string, more: NoteFields = {}): NoteFields => ({
  tasks: ['meals'],
  done,
  ...more
})
const reason = 'Jäi kirjaamatta'

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker', displayName: 'Helmi Kotikäyttäjä' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  visit = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  second = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await second.pull()
})
afterEach(() => world.close())

interface Based {
  readonly based?: number | null
  readonly after?: OperationId
}

const customership = () => ({ customership: family.id })
const writing = (op: 'note.draft' | 'note.sign', note: EntryId, fields: NoteFields, o: Based) => ({
  op,
  ...customership(),
  body: family.note(note, visit, fields),
  ...o
})
const draft = (note: EntryId, fields: NoteFields, o: Based = {}) =>
  writing('note.draft', note, fields, o)
const sign = (note: EntryId, fields: NoteFields, o: Based = {}) =>
  writing('note.sign', note, fields, o)
const amend = (note: EntryId, amends: EntryId, fields: NoteFields, o: Based = {}) => ({
  op: 'note.amend',
  ...customership(),
  body: { note, amends, reason, fields },
  ...o
})
const merge = (note: EntryId, fork: EntryId, fields: NoteFields, o: Based = {}) => ({
  op: 'note.merge',
  ...customership(),
  body: { note, fork, fields },
  ...o
})
const basedOn = ({ revision }: { revision?: number | undefined }): Based => ({
  based: revision ?? null
})

async function held(id: EntryId): Promise<Entry<'note'> | undefined> {
  await tablet.pull()
  return tablet.entry(family.id, id) as Entry<'note'> | undefined
}

/** Every text of a note that the register holds, open or not. */
async function texts(): Promise<unknown[]> {
  const notes = await world.parts.store.register.read(family.id, (reader) => reader.ofKind('note'))
  return (notes ?? []).map(({ data }) => data.fields['done'])
}

test('a signed note is left as it is, and its amendment stands beside it with author, time and reason', async () => {
  const [note, amendment] = [newEntryId(world), newEntryId(world)]
  await tablet.do(sign(note, said('Leivottiin')))
  const before = await held(note)
  world.clock.advance(1_800_000)
  expect(await tablet.do(amend(amendment, note, { done: 'Leivottiin pullaa' }))).toMatchObject({
    outcome: 'applied'
  })
  expect(await held(note)).toEqual(before)
  expect((await held(amendment))?.data).toEqual({
    ...{ visit, template: 'home-service', templateVersion: 1, author: worker.id, reason },
    ...{ fields: { done: 'Leivottiin pullaa' }, state: 'signed', amends: note },
    writtenAt: toMoment(world.clock.now()),
    signedAt: toMoment(world.clock.now())
  })
})

test('an amendment of an amendment stands beside the note that was amended first', async () => {
  const [note, first, next] = [newEntryId(world), newEntryId(world), newEntryId(world)]
  await tablet.do(sign(note, said('Leivottiin')))
  await tablet.do(amend(first, note, { done: 'Leivottiin pullaa' }))
  await tablet.do(amend(next, first, { done: 'Leivottiin leipää' }))
  expect((await held(next))?.data.amends).toBe(note)
  expect((await held(first))?.data.fields).toEqual({ done: 'Leivottiin pullaa' })
})

test('only its author amends a note: a colleague’s amendment waits for the office and changes nothing', async () => {
  const [note, amendment] = [newEntryId(world), newEntryId(world)]
  await tablet.do(sign(note, said('Leivottiin')))
  const colleague = await world.user({ role: 'worker' })
  await family.assign(colleague.id)
  const theirs = await WireTablet.enrol(world, colleague)
  expect(await theirs.do(amend(amendment, note, { done: 'Ei leivottu' }))).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'invalid'
  })
  expect(await texts()).toEqual(['Leivottiin'])
})

test('an amendment without a reason, or with a field that the template lacks, is no amendment', async () => {
  const note = newEntryId(world)
  await tablet.do(sign(note, said('Leivottiin')))
  const fine = amend(newEntryId(world), note, { done: 'x' })
  for (const body of [
    { ...fine.body, reason: '  ' },
    { ...fine.body, reason: undefined },
    { ...fine.body, fields: { 'no-such': 'x' } }
  ])
    expect(await tablet.do({ ...fine, body })).toMatchObject({
      outcome: 'awaiting-decision',
      code: 'invalid'
    })
  expect(await texts()).toEqual(['Leivottiin'])
})

test('an amendment waits for the signature that it amends, and is applied when that comes', async () => {
  const [note, amendment] = [newEntryId(world), newEntryId(world)]
  const drafted = await tablet.do(draft(note, said('Leivottiin')))
  expect(await tablet.do(amend(amendment, note, { done: 'x' }))).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'waits-for'
  })
  await tablet.do(sign(note, said('Leivottiin'), basedOn(drafted)))
  expect((await held(amendment))?.data).toMatchObject({ amends: note, state: 'signed' })
})

test('the draft in which an amendment was written becomes the amendment; a newer word in it is not lost', async () => {
  const [note, begun] = [newEntryId(world), newEntryId(world)]
  await tablet.do(sign(note, said('Leivottiin')))
  const first = await tablet.do(draft(begun, said('Leivottiin pullaa')))
  expect(
    await tablet.do(amend(begun, note, { done: 'Leivottiin pullaa' }, { after: first.id }))
  ).toMatchObject({ outcome: 'applied' })
  expect((await held(begun))?.data).toMatchObject({ state: 'signed', amends: note })

  const other = newEntryId(world)
  const seen = await tablet.do(draft(other, said('Siivottiin')))
  await second.pull()
  await second.do(draft(other, said('Siivottiin keittiö'), basedOn(seen)))
  const forked = await tablet.do(amend(other, note, { done: 'Siivottiin' }, { after: seen.id }))
  expect(forked).toMatchObject({ outcome: 'applied', code: 'forked' })
  expect((await held(other))?.data).toMatchObject({ state: 'draft' })
  expect((await held(entryMadeBy(forked.id)))?.data).toMatchObject({ amends: note })
  expect(await texts()).toEqual(expect.arrayContaining(['Siivottiin keittiö', 'Siivottiin']))
})

/** Two tablets of one worker write on the same draft: the second one's words stand beside. */
async function twoVersions(note: EntryId) {
  const begun = await tablet.do(draft(note, said('Alku')))
  await second.pull()
  const [mine, theirs] = [said('Tabletilla'), said('Puhelimella')]
  const kept = await second.do(draft(note, theirs, basedOn(begun)))
  const forked = await tablet.do(draft(note, mine, { after: begun.id }))
  expect(forked).toMatchObject({ outcome: 'applied', code: 'forked' })
  return { kept, fork: entryMadeBy(forked.id), forked }
}

test('two versions of a draft become one by a merge, and the other one stays in the record, settled', async () => {
  const note = newEntryId(world)
  const { kept, fork } = await twoVersions(note)
  const both = said('Puhelimella\n\nTabletilla')
  expect(await tablet.do(merge(note, fork, both, basedOn(kept)))).toEqual(
    expect.not.objectContaining({ code: 'forked' })
  )
  expect((await held(note))?.data).toMatchObject({ state: 'draft', fields: both })
  expect((await held(fork))?.data).toMatchObject({
    mergedInto: note,
    fields: said('Tabletilla')
  })
  const signed = await tablet.do(sign(note, both, basedOn((await held(note))!)))
  expect(signed).toMatchObject({ outcome: 'applied' })
  expect(await texts()).toContain('Tabletilla')
})

test('a third version that came in between stands beside the merged one, and none is lost', async () => {
  const note = newEntryId(world)
  const { kept, fork } = await twoVersions(note)
  const third = said('Kolmas')
  await second.do(draft(note, third, basedOn(kept)))
  const merged = await tablet.do(merge(note, fork, said('Yhdessä'), basedOn(kept)))
  expect(merged).toMatchObject({ outcome: 'applied', code: 'forked' })
  expect((await held(note))?.data.fields).toEqual(third)
  const beside = entryMadeBy(merged.id)
  expect((await held(beside))?.data).toMatchObject({ forkOf: note, state: 'draft' })
  expect((await held(fork))?.data.mergedInto).toBe(beside)
  expect(await texts()).toEqual(expect.arrayContaining(['Kolmas', 'Yhdessä', 'Tabletilla']))

  const again = said('Kaikki kolme')
  const now = (await held(note))!
  expect(await tablet.do(merge(note, beside, again, basedOn(now)))).toMatchObject({
    outcome: 'applied'
  })
  expect((await held(note))?.data.fields).toEqual(again)
})

test('words written beside after the merge are a version of their own again', async () => {
  const note = newEntryId(world)
  const { kept, fork, forked } = await twoVersions(note)
  await second.pull()
  await second.do(merge(note, fork, said('Yhdessä'), basedOn(kept)))
  const later = await tablet.do(draft(note, said('Tabletilla vielä'), { after: forked.id }))
  expect(later).toMatchObject({ outcome: 'applied', code: 'forked' })
  const open = (await held(entryMadeBy(later.id)))?.data
  expect(open).toMatchObject({ forkOf: note, fields: said('Tabletilla vielä') })
  expect(open?.mergedInto).toBeUndefined()
  expect((await held(note))?.data.fields).toEqual(said('Yhdessä'))
})

test('two drafts that were begun apart on two tablets are merged just the same', async () => {
  const [mine, theirs] = [newEntryId(world), newEntryId(world)]
  const first = await tablet.do(draft(mine, said('Tabletilla')))
  await second.do(draft(theirs, said('Puhelimella')))
  await tablet.do(merge(mine, theirs, said('Molemmat'), basedOn(first)))
  expect((await held(mine))?.data.fields).toEqual(said('Molemmat'))
  expect((await held(theirs))?.data.mergedInto).toBe(mine)
})

test('a merge never touches what was signed meanwhile: the merged text stands beside it', async () => {
  const note = newEntryId(world)
  const { kept, fork } = await twoVersions(note)
  await second.do(sign(note, said('Puhelimella'), basedOn(kept)))
  const merged = await tablet.do(merge(note, fork, said('Yhdessä'), basedOn(kept)))
  expect(merged).toMatchObject({ code: 'forked' })
  expect((await held(note))?.data).toMatchObject({
    state: 'signed',
    fields: said('Puhelimella')
  })
  const beside = entryMadeBy(merged.id)
  const signed = (await held(note))!
  // The author keeps the signed text as it is: the draft beside it is settled, and the note the same.
  await tablet.do(merge(note, beside, signed.data.fields, basedOn(signed)))
  expect(await held(note)).toEqual(signed)
  expect((await held(beside))?.data).toMatchObject({ mergedInto: note, fields: said('Yhdessä') })
})

test('a draft beside a signed note becomes its amendment', async () => {
  const note = newEntryId(world)
  const signed = await tablet.do(sign(note, said('Leivottiin')))
  const late = await tablet.do(draft(note, said('Leivottiin pullaa'), { after: signed.id }))
  expect(late).toMatchObject({ code: 'forked' })
  const beside = entryMadeBy(late.id)
  await tablet.do(amend(beside, note, { done: 'Leivottiin pullaa' }, basedOn(late)))
  const { data } = (await held(beside))!
  expect(data).toMatchObject({ amends: note, reason, state: 'signed' })
  expect(data.forkOf).toBeUndefined()
})

test('what a colleague wrote is nobody else’s to merge, nor to go on with', async () => {
  const [note, own] = [newEntryId(world), newEntryId(world)]
  const theirs = await tablet.do(draft(note, said('Helmin teksti')))
  const colleague = await world.user({ role: 'worker' })
  await family.assign(colleague.id)
  const other = await WireTablet.enrol(world, colleague)
  await other.pull()
  await other.do(draft(own, said('Oma')))
  expect(await other.do(merge(note, own, said('Minun'), basedOn(theirs)))).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'invalid'
  })
  expect(await other.do(draft(note, said('Päälle'), basedOn(theirs)))).toMatchObject({
    code: 'forked'
  })
  expect((await held(note))?.data).toMatchObject({
    author: worker.id,
    fields: said('Helmin teksti')
  })
})

test('a merge of a note that is still to come waits for it', async () => {
  const [note, fork] = [newEntryId(world), newEntryId(world)]
  await tablet.do(draft(fork, said('Tabletilla')))
  expect(await tablet.do(merge(note, fork, said('Yhdessä')))).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'waits-for'
  })
})

test('the office sees the amendment and not the version that was merged; the closing list asks for no signature of it', async () => {
  const [note, begun, amendment] = [newEntryId(world), newEntryId(world), newEntryId(world)]
  const first = await tablet.do(draft(note, said('Ensimmäinen')))
  await tablet.do(draft(begun, said('Sivussa')))
  const merged = await tablet.do(merge(note, begun, said('Yhdessä'), basedOn(first)))
  await tablet.do(sign(note, said('Yhdessä'), { after: merged.id }))
  await tablet.do(amend(amendment, note, { done: 'Yhdessä ja ulkona' }))
  const feed = await office.ask('GET', '/api/office/notes')
  expect(feed.text).toContain('Yhdessä ja ulkona')
  expect(feed.text).toContain(reason)
  expect(feed.text).not.toContain('Sivussa')
  const whole = await office.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)
  expect(whole.text).toContain('Sivussa')
  const ending = await office.ask('GET', `/api/office/customerships/${family.id}/ending`)
  expect(ending.body).toMatchObject({
    list: expect.arrayContaining([
      expect.objectContaining({ code: 'note-unsigned', count: 0 })
    ]) as unknown
  })
})

test('an operation of the same id twice amends once', async () => {
  const note = newEntryId(world)
  await tablet.do(sign(note, said('Leivottiin')))
  const item = tablet.write(amend(newEntryId(world), note, { done: 'x' }))
  const [first] = (await tablet.deliver([item])).results
  expect((await tablet.deliver([item])).results).toEqual([{ ...first, again: true }])
  expect(await texts()).toHaveLength(2)
})
