import { afterEach, beforeEach, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { countVisits } from '#contract/counted-visit.ts'
import { dayAt, toMoment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId } from '#contract/id.ts'
import type { Visit } from '#contract/visit.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Doing } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const minute = 60_000

let world: World
let chief: User
let office: Client
let helmi: User
let outi: User
let family: Family
let planned: EntryId
let hers: WireTablet
let beside: WireTablet

beforeEach(async () => {
  world = await World.create()
  chief = await world.user({ role: 'main-user' })
  office = await world.signedIn(chief)
  helmi = await world.user({ role: 'worker', displayName: 'Helmi' })
  outi = await world.user({ role: 'worker', displayName: 'Outi' })
  family = await Family.open(world, office)
  await family.assign(helmi.id)
  await family.assign(outi.id)
  planned = await family.plan(helmi.id)
  hers = await WireTablet.enrol(world, helmi)
  beside = await WireTablet.enrol(world, outi)
})
afterEach(() => world.close())

const at = (minutes: number) => toMoment(world.clock.now() + minutes * minute)
const record = (body: Partial<Visit> & { visit?: EntryId }, more: Partial<Doing> = {}): Doing => ({
  op: 'visit.record',
  customership: family.id,
  body: { ...family.visit(planned), ...body },
  ...more
})
async function visits(): Promise<Entry<'visit'>[]> {
  const path = `/api/office/customerships/${family.id}?purpose=organising`
  const answer = customershipAnswerSchema.parse((await office.ask('GET', path)).body)
  return entriesOf(answer.entries, 'visit')
}
const visit = async (id: EntryId) => (await visits()).find((one) => one.id === id)

test('703/2023 a corrected time keeps what was recorded first: as it stood, by whom, when and why', async () => {
  const [began, ended, truth] = [at(-55), at(0), at(-80)]
  const started = { startedAt: began, state: 'started' as const, endedAt: undefined }
  const { id: first } = await hers.do(record(started))
  const finished = record({ startedAt: began, endedAt: ended }, { after: first })
  const { id: second } = await hers.do(finished)
  const stood = await visit(planned)
  expect(stood?.data.formerly).toBeUndefined()

  world.clock.advance(5 * minute)
  const mended = { startedAt: truth, endedAt: ended, reason: 'Unohdin aloittaa' }
  const { id: third } = await hers.do(record(mended, { after: second }))
  const missed = { startedAt: truth, state: 'not-at-home' as const, reason: 'Kirjasin väärin' }
  await hers.do(record({ ...missed, endedAt: ended }, { after: third }))
  const now = await visit(planned)
  expect(now).toMatchObject({
    by: helmi.id,
    data: { ...missed, plannedStart: expect.any(String) as string }
  })
  expect(now?.data.formerly).toEqual([
    { state: 'completed', startedAt: began, endedAt: ended, by: helmi.id, at: stood?.at },
    { ...mended, state: 'completed', by: helmi.id, at: expect.any(String) as string }
  ])
})

test('the office cancelled what was held all the same: its worker corrects it, and the cancellation stands behind', async () => {
  const { revision } = (await visit(planned))!
  const cancelled = { visit: planned, based: revision, cause: 'client', why: 'Soitti aamulla' }
  await family.post('visits/cancellation', cancelled)
  const based = (await visit(planned))?.revision ?? null
  await hers.do(record({ reason: 'Kirjasin väärin' }, { based }))
  expect((await visit(planned))?.data).toMatchObject({
    state: 'completed',
    formerly: [{ state: 'cancelled-late', reason: 'Soitti aamulla', by: chief.id }]
  })
})

test('a correction after the late-note days is the office’s to accept, and a first record is not', async () => {
  const [startedAt, endedAt] = [at(-60), at(0)]
  const { id, code } = await hers.do(record({ startedAt, endedAt }))
  expect(code).toBeUndefined()
  world.clock.advance(8 * 24 * 60 * minute)
  const session = (await world.signedIn(helmi)).cookies.get('session')
  hers.client.cookies.set('session', session ?? '')
  const mended = { startedAt, endedAt: toMoment(Date.parse(endedAt) + 30 * minute), reason: 'Muu' }
  const late = await hers.do(record(mended, { after: id }))
  expect(late).toMatchObject({ outcome: 'awaiting-decision', code: 'late' })
  expect((await visitAnew(planned))?.data.endedAt).toBe(endedAt)
  const unplanned = { visit: newEntryId(world), startedAt, endedAt }
  expect(await hers.do(record(unplanned))).toMatchObject({ outcome: 'applied' })

  await office.ask('POST', '/api/office/awaiting', { ids: [late.id], decision: 'accept' })
  expect((await visit(planned))?.data).toMatchObject({ ...mended, formerly: [{ endedAt }] })
})

/** After so many days the office signs in again. */
async function visitAnew(id: EntryId) {
  office = await world.signedIn(chief)
  return visit(id)
}

const ownTimes = (from: number, until: number) => ({ startedAt: at(from), endedAt: at(until) })

test('two workers share a visit: each has times of their own, and neither takes over the other’s', async () => {
  const own = newEntryId(world)
  const shared = { visit: own, shares: planned, ...ownTimes(-50, -10) }
  await beside.do(record(shared))
  await hers.do(record(ownTimes(-60, 0)))
  const all = await visits()
  expect(all).toHaveLength(2)
  expect(all.find(({ id }) => id === planned)?.data).toMatchObject({
    worker: helmi.id,
    ...ownTimes(-60, 0)
  })
  expect(all.find(({ id }) => id === own)?.data).toMatchObject({
    worker: outi.id,
    shares: planned,
    ...ownTimes(-50, -10)
  })
})

test('who names the visit of a colleague records beside it, and goes on there', async () => {
  const started = { startedAt: at(-50), state: 'started' as const, endedAt: undefined }
  const { id: first, code } = await beside.do(record(started))
  expect(code).toBeUndefined()
  const own = entryMadeBy(first)
  const { id: next } = await beside.do(record(ownTimes(-50, 0), { after: first }))
  expect((await visit(planned))?.data).toMatchObject({ worker: helmi.id, state: 'planned' })
  expect((await visit(own))?.data).toMatchObject({
    worker: outi.id,
    shares: planned,
    state: 'completed'
  })
  await hers.do(record(ownTimes(-60, 0)))
  expect((await visit(planned))?.data).toMatchObject({ worker: helmi.id, state: 'completed' })
  // Another tablet of hers that had not seen it lays its version beside her own, and beside nobody else's.
  const fork = await beside.do(record(ownTimes(-45, 0)))
  expect(fork).toMatchObject({ outcome: 'applied', code: 'forked' })
  expect((await visit(entryMadeBy(fork.id)))?.data).toMatchObject({ forkOf: own, worker: outi.id })
  expect(next).not.toBe(fork.id)
})

test('a visit that was given to another while its worker was there is recorded beside the new plan', async () => {
  const { revision, data } = (await visit(planned))!
  const { decision, plannedStart, plannedEnd } = data
  const moved = { decision, worker: outi.id, plannedStart, plannedEnd }
  await family.post('visits', { id: planned, data: moved, based: revision, reason: 'Vaihto' })
  const { id } = await hers.do(record(ownTimes(-60, 0), { based: revision }))
  expect((await visit(planned))?.data).toMatchObject({ worker: outi.id, state: 'planned' })
  expect((await visit(entryMadeBy(id)))?.data).toMatchObject({ worker: helmi.id, shares: planned })
})

test.each([
  ['each', 100],
  ['once', 60]
] as const)(
  '§6 hours of a shared visit count %s, as the rule of the decision says',
  async (how, used) => {
    await hers.do(record(ownTimes(-60, 0)))
    await beside.do(record({ visit: newEntryId(world), shares: planned, ...ownTimes(-50, -10) }))
    const rule = {
      organiser: 'mallikunta',
      from: dayAt(0),
      ...{ roundingMinutes: 1, roundingMode: 'nearest' as const, minBillableMinutes: 0 },
      ...{ cancelNoticeHours: 24, cancelBillable: false, shared: how }
    }
    const all = (await visits()).map(({ data }) => data)
    const counted = countVisits(family.decision, { organiser: 'mallikunta' }, all, [rule])
    expect(counted.reduce((sum, { billableMinutes }) => sum + billableMinutes, 0)).toBe(used)
  }
)
