import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { addDays, dayAt, instantOf, mondayOf, toMoment, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { weekAnswerSchema, type WeekAnswer } from '#contract/week.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let helmi: User
let outi: User
let family: Family
let today: Day

beforeEach(async () => {
  world = await World.create()
  office = await world.signedIn(await world.user({ role: 'main-user' }))
  helmi = await world.user({ role: 'worker', displayName: 'Helmi' })
  outi = await world.user({ role: 'worker', displayName: 'Outi' })
  family = await Family.open(world, office)
  today = dayAt(world.clock.now())
})
afterEach(() => world.close())

const plan = (worker: UserId, day: Day, hour: number, hours = 1, decision = family.decision) => ({
  decision,
  worker,
  plannedStart: toMoment(instantOf(day, hour)),
  plannedEnd: toMoment(instantOf(day, hour + hours))
})
const codesOf = (answer: Answer) =>
  bodyOf<{ issues?: { code: string }[] }>(answer).issues?.map(({ code }) => code)
const read = async (of = family) =>
  customershipAnswerSchema.parse(
    (await office.ask('GET', `/api/office/customerships/${of.id}?purpose=planning`)).body
  )
async function visit(id: EntryId, of = family): Promise<Entry<'visit'>> {
  const found = entriesOf((await read(of)).entries, 'visit').find((one) => one.id === id)
  if (!found) throw new Error('no such visit')
  return found
}
async function week(day = today): Promise<WeekAnswer> {
  return weekAnswerSchema.parse(
    (await office.ask('GET', `/api/office/week?from=${mondayOf(day)}`)).body
  )
}
const inWeek = async (id: EntryId) => (await week()).visits.find((one) => one.id === id)

test('§6 what a plan goes beyond is said before it is saved, possible with a reason and visible afterwards', async () => {
  await family.assign(helmi.id)
  await family.post('visits', { id: newEntryId(world), data: plan(helmi.id, today, 12) })
  const id = newEntryId(world)
  const data = plan(outi.id, today, 12, 11)
  const late = { ...data, ...plan(outi.id, addDays(today, 400), 12, 11) }
  const asked = await family.post('visits', { id, data: late })
  expect([asked.status, codeOf(asked)]).toEqual([409, 'needs-reason'])
  expect(codesOf(asked)).toEqual(['outside-decision', 'worker-not-assigned', 'hours-over-grant'])
  const clash = await family.post('visits', { id, data: plan(helmi.id, today, 12) })
  expect(codesOf(clash)).toEqual(['clash'])
  expect(entriesOf((await read()).entries, 'visit')).toHaveLength(1)

  const reason = 'Kaksi perhettä samassa kerrostalossa'
  const saved = await family.post('visits', { id, data: plan(helmi.id, today, 12), reason })
  expect(saved.status).toBe(201)
  expect((await visit(id)).data.exception).toMatchObject({ codes: ['clash'], reason })
  const drawn = await week()
  expect(drawn.visits.map(({ isClash }) => isClash)).toEqual([true, true])
  expect(drawn.visits.find((one) => one.id === id)?.exception?.reason).toBe(reason)
})

test('a move is based on what was read; planned twice it is one visit; what has begun stays', async () => {
  await family.assign(helmi.id)
  const id = newEntryId(world)
  const data = plan(helmi.id, today, 12)
  await family.post('visits', { id, data })
  const { revision } = await visit(id)
  expect((await family.post('visits', { id, data })).status).toBe(201)
  expect((await visit(id)).revision).toBe(revision)

  const later = plan(helmi.id, today, 14)
  expect(codeOf(await family.post('visits', { id, data: later }))).toBe('conflict')
  expect(codeOf(await family.post('visits', { id, data: later, based: 1 }))).toBe('conflict')
  expect((await family.post('visits', { id, data: later, based: revision })).status).toBe(201)
  expect((await visit(id)).data.plannedStart).toBe(later.plannedStart)

  const tablet = await WireTablet.enrol(world, helmi)
  await tablet.pull()
  await tablet.do({ op: 'visit.record', customership: family.id, body: family.visit(id) })
  const begun = await visit(id)
  const moved = { id, data, based: begun.revision }
  expect(codeOf(await family.post('visits', moved))).toBe('conflict')
  const cancelled = { visit: id, based: begun.revision, cause: 'provider' }
  expect(codeOf(await family.post('visits/cancellation', cancelled))).toBe('conflict')
})

test('a series is one request: all of it, or nothing', async () => {
  await family.assign(helmi.id, { until: addDays(today, 10) })
  const series = newEntryId(world)
  const visits = [0, 7, 14].map((days) => ({
    id: newEntryId(world),
    data: plan(helmi.id, addDays(today, days), 12)
  }))
  const asked = await family.post('visits/series', { series, visits })
  expect([codeOf(asked), codesOf(asked)]).toEqual(['needs-reason', ['worker-not-assigned']])
  expect(entriesOf((await read()).entries, 'visit')).toEqual([])
  await family.post('visits/series', { series, visits, reason: 'Tiimi täydentyy' })
  await family.post('visits/series', { series, visits, reason: 'Tiimi täydentyy' })
  const planned = entriesOf((await read()).entries, 'visit').sort((one, other) =>
    (one.data.plannedStart ?? '').localeCompare(other.data.plannedStart ?? '')
  )
  expect(planned.map(({ data }) => data.series)).toEqual([series, series, series])
  expect(planned.map(({ data }) => data.exception !== undefined)).toEqual([false, false, true])
})

test('a cancelled visit stays on the tablet with who called it off; a mistake nobody fetched is gone', async () => {
  await family.assign(helmi.id)
  const tablet = await WireTablet.enrol(world, helmi)
  const [late, early, ours, mistake] = [0, 1, 2, 3].map(() => newEntryId(world))
  if (!late || !early || !ours || !mistake) throw new Error('four ids')
  await family.post('visits', { id: late, data: plan(helmi.id, today, 12) })
  await family.post('visits', { id: early, data: plan(helmi.id, addDays(today, 5), 12) })
  await family.post('visits', { id: ours, data: plan(helmi.id, addDays(today, 6), 12) })
  await tablet.pull()
  await family.post('visits', { id: mistake, data: plan(helmi.id, addDays(today, 7), 12) })
  const cancel = async (id: EntryId, cause: string) => {
    const { revision: based } = await visit(id)
    const request = { visit: id, based, cause, why: 'Sairastui' }
    expect((await family.post('visits/cancellation', request)).status).toBe(200)
  }
  await cancel(late, 'client')
  await cancel(early, 'client')
  await cancel(ours, 'mistake')
  await cancel(mistake, 'mistake')
  await tablet.pull()
  const states = [late, early, ours, mistake].map((id) => {
    const entry = tablet.entry(family.id, id)
    return entry?.kind === 'visit' ? entry.data.state : undefined
  })
  expect(states).toEqual([
    'cancelled-late',
    'cancelled-in-time',
    'cancelled-by-provider',
    undefined
  ])
})

test("§12 a sick worker's day is swapped in one commit, or not at all", async () => {
  const other = await Family.open(world, office, 'Lehtonen')
  await family.assign(helmi.id)
  await other.assign(helmi.id)
  const [first, second] = [newEntryId(world), newEntryId(world)]
  await family.post('visits', { id: first, data: plan(helmi.id, today, 12) })
  const data = plan(helmi.id, today, 15, 1, other.decision)
  await other.post('visits', { id: second, data })
  const swaps = async (substitute: UserId | null) =>
    [
      { customership: family.id, visit: first, based: (await visit(first)).revision, substitute },
      {
        customership: other.id,
        visit: second,
        based: (await visit(second, other)).revision,
        substitute: null
      }
    ].map((swap) => ({ ...swap, assignment: newEntryId(world) }))
  const swap = (visits: object[]) =>
    office.ask('POST', '/api/office/week/swap', { worker: helmi.id, day: today, visits })

  const visits = await swaps(outi.id)
  const [one, two] = visits
  const before = [(await read()).revision, (await read(other)).revision]
  expect(codeOf(await swap([one ?? {}, { ...two, based: 1 }]))).toBe('conflict')
  expect(codeOf(await swap([one ?? {}, { ...two, customership: randomUUID() }]))).toBe('not-found')
  expect([(await read()).revision, (await read(other)).revision]).toEqual(before)

  expect((await swap(visits)).body).toEqual({ swapped: 1, cancelled: 1, assigned: 1 })
  expect((await swap(visits)).body).toEqual({ swapped: 0, cancelled: 0, assigned: 0 })
  expect((await visit(first)).data).toMatchObject({ worker: outi.id, state: 'planned' })
  expect((await visit(second, other)).data.state).toBe('cancelled-by-provider')
  const substitutes = entriesOf((await read()).entries, 'assignment').filter(
    (assignment) => assignment.data.substituteFor === helmi.id
  )
  expect(substitutes.map((assignment) => assignment.data)).toEqual([
    { worker: outi.id, from: today, until: today, tasks: ['care'], substituteFor: helmi.id }
  ])
})

test("§12 a substitute's access ends by itself, and the tablet purges at its next contact", async () => {
  const tablet = await WireTablet.enrol(world, outi)
  const data = {
    worker: outi.id,
    from: today,
    until: today,
    tasks: ['care'],
    substituteFor: helmi.id
  }
  const id = newEntryId(world)
  expect((await family.post('assignments', { id, data })).status).toBe(201)
  await tablet.pull()
  expect(tablet.held.get(family.id)?.purgeAfter).toBe(today)
  world.clock.set(instantOf(addDays(today, 1), 0, 1))
  tablet.client.cookies.set('session', (await world.signedIn(outi)).cookies.get('session') ?? '')
  await tablet.pull()
  expect(tablet.held.has(family.id)).toBe(false)
})

test('an end that would leave a planned visit without a worker is said first, and then to be seen', async () => {
  const id = await family.assign(helmi.id)
  await family.post('visits', {
    id: newEntryId(world),
    data: plan(helmi.id, addDays(today, 3), 12)
  })
  const entry = entriesOf((await read()).entries, 'assignment')[0]
  const data = {
    worker: helmi.id,
    from: addDays(today, -1),
    until: addDays(today, 2),
    tasks: ['care']
  }
  const change = { id, data, based: entry?.revision }
  const asked = await family.post('assignments', change)
  expect([codeOf(asked), codesOf(asked)]).toEqual(['needs-reason', ['leaves-visit-without-worker']])
  const covered = { ...data, until: addDays(today, 3) }
  expect(codeOf(await family.post('assignments', { ...change, data: covered, based: 1 }))).toBe(
    'conflict'
  )
  expect((await family.post('assignments', { ...change, reason: 'Sijainen haussa' })).status).toBe(
    201
  )
  const ended = entriesOf((await read()).entries, 'assignment')[0]
  expect(ended?.data.exception?.codes).toEqual(['leaves-visit-without-worker'])
  expect((await week(addDays(today, 3))).visits.map(({ isUnassigned }) => isUnassigned)).toEqual([
    true
  ])
})

test('a change is marked fetched only once a tablet of the worker has said that it holds it', async () => {
  await family.assign(helmi.id)
  const tablet = await WireTablet.enrol(world, helmi)
  const id = newEntryId(world)
  await family.post('visits', { id, data: plan(helmi.id, today, 12) })
  expect((await inWeek(id))?.fetched).toEqual([{ name: 'Tabletti', at: null }])
  await tablet.pull()
  expect((await inWeek(id))?.fetched[0]?.at).toBeNull()
  world.clock.advance(60_000)
  const fetchedAt = toMoment(world.clock.now())
  await tablet.askPull(tablet.pullRequest({ have: undefined, haveDigest: tablet.haveDigest() }))
  expect((await inWeek(id))?.fetched).toEqual([{ name: 'Tabletti', at: fetchedAt }])
  const { revision } = await visit(id)
  await family.post('visits', { id, data: plan(helmi.id, today, 13), based: revision })
  expect((await inWeek(id))?.fetched[0]?.at).toBeNull()
  await tablet.pull()
  await tablet.pull()
  expect((await inWeek(id))?.fetched[0]?.at).not.toBeNull()
})

test('§8 the week tells first names and no address, and what its visits do not meet of a grant', async () => {
  await family.assign(helmi.id)
  await family.post('visits', { id: newEntryId(world), data: plan(helmi.id, today, 12) })
  const answer = await office.ask('GET', `/api/office/week?from=${mondayOf(today)}`)
  expect(answer.text).toContain('Aino')
  for (const word of ['Kuusinen', 'Koivutie']) expect(answer.text).not.toContain(word)
  expect((await week()).unmet).toMatchObject([
    { decision: family.decision, grantedMinutes: 140, plannedMinutes: 60 }
  ])
  const worker = await world.signedIn(helmi)
  expect((await worker.ask('GET', `/api/office/week?from=${mondayOf(today)}`)).status).toBe(403)
  expect((await office.ask('GET', `/api/office/week?from=${today}`)).status).toBe(422)
})
