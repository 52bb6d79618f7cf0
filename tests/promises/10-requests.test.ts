import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AskAnswer, ToldRequest } from '#contract/completion-request.ts'
import { toMilliseconds, toMoment, type Day } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import type { SummariesAnswer, SummaryLine } from '#contract/summary-request.ts'
import type { Wish } from '#contract/wish.ts'
import type { User } from '#server/store/users.ts'
import { FamilyMonth } from '#tests/support/month.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { scanFolder } from '#tests/support/scan.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

/** Before a month is approved, the office asks its workers to complete what is theirs. */

const dayMilliseconds = 86_400_000
const word = 'Muista myös kellonajat'

let world: World
let mainUser: User
let aada: User
let outi: User
let office: Client
let family: Family
let written: FamilyMonth

beforeEach(async () => {
  world = await World.create({ now: Date.parse('2026-12-01T07:00:00Z') })
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  aada = await world.user({ role: 'worker', displayName: 'Aada Työntekijä' })
  outi = await world.user({ role: 'worker', displayName: 'Outi Työntekijä' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
  written = new FamilyMonth(world, family.id, aada.id)
})
afterEach(() => world.close())

const held = (day: string, hours: [number, number] = [9, 10], more: object = {}) =>
  written.visit(day, hours, { decision: family.decision, visit: more })

/** `worker` is Aada unless told. */
async function ask(
  visit: EntryId,
  wish: Wish,
  o: { worker?: User; more?: object; by?: Client } = {}
) {
  const { worker = aada, more = {}, by = office } = o
  const requests = [{ customership: family.id, visit, worker: worker.id, wish }]
  return by.ask('POST', '/api/office/completion-requests', { requests, ...more })
}
async function outcome(...asked: Parameters<typeof ask>) {
  const answer = await ask(...asked)
  expect(answer.status, answer.text).toBe(200)
  return bodyOf<AskAnswer>(answer).results[0]?.outcome
}

async function line(): Promise<SummaryLine> {
  const answer = await office.ask('GET', '/api/office/summaries?month=2026-11')
  expect(answer.status, answer.text).toBe(200)
  return bodyOf<SummariesAnswer>(answer).lines[0]!
}
const told = async (): Promise<ToldRequest[]> => (await line()).requests

const onTablet = (tablet: WireTablet) =>
  [...(tablet.held.get(family.id)?.entries.values() ?? [])].filter(
    (entry) => entry.kind === 'completion-request'
  )

test('§10 what the office asks is on its worker’s tablet and in the office’s list: what, who and when', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-03')
  const tablet = await WireTablet.enrol(world, aada)
  expect(await outcome(visit, 'note', { more: { word } })).toBe('asked')
  await tablet.pull()
  const [request] = onTablet(tablet)
  expect(request).toMatchObject({
    ...{ by: mainUser.id, at: toMoment(world.clock.now()) },
    data: { visit, worker: aada.id, wish: 'note', word }
  })
  expect(await told()).toEqual([
    {
      ...{ request: request!.id, visit, worker: aada.id, wish: 'note', word, day: '2026-11-03' },
      ...{ by: mainUser.id, at: request!.at, isOpen: true }
    }
  ])
  const log = await office.ask('GET', `/api/office/customerships/${family.id}/log`)
  const use = { kind: 'write', purpose: 'organising', user: mainUser.id }
  expect((log.body as { lines: unknown[] }).lines).toContainEqual(expect.objectContaining(use))
  await world.stop()
  expect(await scanFolder(world.folder, [word])).toEqual([])
  await world.start()
})

test('what is done goes from the list by itself, and says that it was asked', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-03')
  const tablet = await WireTablet.enrol(world, aada)
  await tablet.pull()
  await outcome(visit, 'note')
  const note = newEntryId(world)
  const fields = { tasks: ['meals'], done: 'Ruokailu' }
  const write = (op: string, based: number | null) =>
    tablet.do({ op, customership: family.id, based, body: family.note(note, visit, fields) })

  const begun = await write('note.draft', null)
  expect(begun.outcome).toBe('applied')
  // A note that is begun is not the note that was asked for.
  expect((await line()).missing.map(({ code }) => code)).toEqual(['unsigned-note'])
  expect(await told()).toMatchObject([{ isOpen: true }])

  expect((await write('note.sign', begun.revision ?? null)).outcome).toBe('applied')
  expect((await line()).missing).toEqual([])
  expect(await told()).toMatchObject([{ isOpen: false }])
  expect(await outcome(visit, 'note')).toBe('done')
})

test('a request is no change of the visit: what was written offline meanwhile is laid in, not beside', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-04', [9, 10], { state: 'started', endedAt: undefined })
  const tablet = await WireTablet.enrol(world, aada)
  await tablet.pull()
  const seen = tablet.entry(family.id, visit)!
  const record = {
    op: 'visit.record',
    customership: family.id,
    based: seen.revision,
    body: { ...family.visit(visit), startedAt: '2026-11-04T09:00:00+02:00' }
  }
  const offline = tablet.write(record)
  expect(await outcome(visit, 'ending')).toBe('asked')
  const [result] = (await tablet.deliver([offline])).results
  expect(result).toMatchObject({ outcome: 'applied' })
  expect(result?.code).toBeUndefined()
  expect(await told()).toMatchObject([{ wish: 'ending', isOpen: false }])
  await tablet.pull()
  // Who recorded the visit is still who recorded it.
  expect(tablet.entry(family.id, visit)).toMatchObject({ by: aada.id })
})

test('asked again within the day it is told so and not doubled; the next day the same one is renewed', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-03')
  const tablet = await WireTablet.enrol(world, aada)
  expect(await outcome(visit, 'note')).toBe('asked')
  await tablet.pull()
  const [first] = onTablet(tablet)
  const { revision } = tablet.held.get(family.id)!

  world.clock.advance(600_000)
  const other = await world.signedIn(await world.user({ role: 'main-user' }))
  expect(await outcome(visit, 'note', { by: other })).toBe('already')
  await tablet.pull()
  expect(tablet.held.get(family.id)?.revision).toBe(revision)

  world.clock.advance(dayMilliseconds)
  office = await world.signedIn(mainUser)
  expect(await outcome(visit, 'note', { more: { word } })).toBe('asked')
  const [renewed, ...more] = await told()
  expect(more).toEqual([])
  expect(renewed).toMatchObject({ request: first!.id, word })
  expect(toMilliseconds(renewed!.at) - toMilliseconds(first!.at)).toBe(dayMilliseconds + 600_000)
})

test('taken back it leaves the tablet and the list', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-03')
  const tablet = await WireTablet.enrol(world, aada)
  await outcome(visit, 'note')
  await tablet.pull()
  const [request] = onTablet(tablet)
  const withdraw = () => family.post('completion-requests/withdrawal', { request: request!.id })
  expect((await withdraw()).status).toBe(200)
  await tablet.pull()
  expect(onTablet(tablet)).toEqual([])
  expect(await told()).toEqual([])
  expect((await line()).missing.map(({ code }) => code)).toEqual(['no-note'])
  expect((await family.post('completion-requests/withdrawal', { request: visit })).status).toBe(404)
})

test('§12 only who cares for the client is sent it; who no longer does is not asked', async () => {
  const assignment = await family.assign(aada.id)
  const reporter = await world.user({ role: 'worker', tasks: ['reporting'] })
  await family.assign(reporter.id, { tasks: ['reporting'] })
  const visit = await held('2026-11-03')
  await outcome(visit, 'note', { more: { word } })
  const theirs = await WireTablet.enrol(world, reporter)
  const strangers = await WireTablet.enrol(world, outi)
  for (const tablet of [theirs, strangers]) {
    const answer = await tablet.askPull()
    expect(answer.text).not.toContain(word)
    tablet.take(answer)
    expect(onTablet(tablet)).toEqual([])
  }
  expect(theirs.entry(family.id, visit)).toBeDefined()

  await family.assign(aada.id, { id: assignment, until: '2026-11-30' as Day })
  const before = await told()
  expect(await outcome(visit, 'note')).toBe('out-of-reach')
  expect(await told()).toEqual(before)
})

test('whoever began a note at a colleague’s visit is asked to sign it', async () => {
  await family.assign(aada.id)
  await family.assign(outi.id)
  const visit = await held('2026-11-03')
  await written.note(visit, { done: 'Aadan kirjaus' })
  const theirs = new FamilyMonth(world, family.id, outi.id)
  await theirs.note(visit, { done: 'Outin alku' }, 'draft')
  expect((await line()).missing).toMatchObject([{ code: 'unsigned-note', worker: outi.id }])
  expect(await outcome(visit, 'note')).toBe('done')
  expect(await outcome(visit, 'note', { worker: outi })).toBe('asked')
})

test('each thing that a worker can complete is asked for, and ends when it is so', async () => {
  await family.assign(aada.id)
  const planned = await held('2026-11-02', [9, 10], {
    ...{ state: 'planned', startedAt: undefined, endedAt: undefined }
  })
  const negative = await held('2026-11-06', [10, 9])
  const [one, two] = [await held('2026-11-09', [9, 11]), await held('2026-11-09', [10, 12])]
  const longer = await held('2026-11-10', [9, 9.5], {
    plannedEnd: toMoment(Date.parse('2026-11-10T09:00:00Z'))
  })
  for (const each of [negative, one, two, longer]) await written.note(each, { done: 'Tehty' })
  for (const [visit, wish] of [
    [planned, 'ending'],
    [negative, 'times'],
    [one, 'overlap'],
    [longer, 'reason']
  ] as const) {
    expect(await outcome(visit, wish)).toBe('asked')
    expect(await outcome(visit, 'note')).toBe('done')
  }
  expect(await outcome(newEntryId(world), 'note')).toBe('absent')

  await written.visit('2026-11-02', [9, 10], {
    id: planned,
    decision: family.decision,
    visit: { state: 'not-at-home' }
  })
  await written.visit('2026-11-06', [10, 11], { id: negative, decision: family.decision })
  await written.visit('2026-11-09', [11, 12], { id: two, decision: family.decision })
  await written.visit('2026-11-10', [9, 9.5], {
    id: longer,
    decision: family.decision,
    visit: { plannedEnd: toMoment(Date.parse('2026-11-10T09:00:00Z')), reason: 'Sovittiin' }
  })
  expect((await told()).map(({ isOpen }) => isOpen)).toEqual([false, false, false, false])
  expect((await line()).missing).toEqual([])
})

test('§8 a personal identity code in the word is refused, and nothing is asked', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-03')
  const refused = await ask(visit, 'note', { more: { word: 'Katso 010594Y9032' } })
  expect(refused.status).toBe(422)
  expect(codeOf(refused)).toBe('identity-code')
  expect(refused.text).not.toContain('010594')
  expect((await ask(visit, 'note', { more: { word: '  ' } })).status).toBe(422)
  expect(await told()).toEqual([])
})

test('a tablet that is online hears of it at once', async () => {
  await family.assign(aada.id)
  const visit = await held('2026-11-03')
  const tablet = await WireTablet.enrol(world, aada)
  await tablet.pull()
  const ears = await tablet.client.listen(`/api/devices/${tablet.device}/live`)
  expect(await ears.ring()).toBe(true)
  const ring = ears.ring()
  await outcome(visit, 'note')
  expect(await ring).toBe(true)
  await ears.hangUp()
})
