import { afterEach, beforeEach, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { situationSchema } from '#contract/office.ts'
import { organisationAnswerSchema } from '#contract/settings.ts'
import { plainRule } from '#contract/organiser-rule.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family
let today: Day

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  today = dayAt(world.clock.now())
})
afterEach(() => world.close())

const granted = () => family.opening('Kuusinen').decision.data

async function read(id: EntryId = family.decision) {
  const answer = await office.ask(
    'GET',
    `/api/office/customerships/${family.id}?purpose=organising`
  )
  const { entries } = customershipAnswerSchema.parse(answer.body)
  const decision = entriesOf(entries, 'decision').find((entry) => entry.id === id)
  if (!decision) throw new Error('no such decision')
  return decision
}

async function edit(fields: object, more: object = {}) {
  const { revision } = await read()
  const data = { ...granted(), ...fields }
  return family.post('decisions', { id: family.decision, based: revision, data, ...more })
}

/** A visit of an hour, held today. */
async function hold(): Promise<void> {
  await family.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  const body = family.visit(newEntryId(world))
  await tablet.do({ op: 'visit.record', customership: family.id, body })
}

test('§6 several decisions stand side by side, overlapping and successive', async () => {
  const overlapping = { id: newEntryId(world), data: { ...granted(), funding: 'direct' } }
  const from = addDays(today, 301)
  const next = { id: newEntryId(world), data: { ...granted(), from, until: addDays(from, 90) } }
  expect((await family.post('decisions', overlapping)).status).toBe(201)
  expect((await family.post('decisions', next)).status).toBe(201)
  expect((await read(overlapping.id)).data.funding).toBe('direct')
  expect((await read(next.id)).data.from).toBe(from)
})

test('a decision is edited on the version that was read; whoever comes second is told so', async () => {
  const { revision } = await read()
  const data = { ...granted(), grantedMinutes: 900 }
  const first = { id: family.decision, based: revision, data }
  expect((await family.post('decisions', first)).status).toBe(201)
  expect((await read()).data.grantedMinutes).toBe(900)

  const second = { ...first, data: { ...granted(), grantedMinutes: 1200 } }
  expect(codeOf(await family.post('decisions', second))).toBe('conflict')
  expect(codeOf(await family.post('decisions', { ...second, based: undefined }))).toBe('conflict')
  expect((await read()).data.grantedMinutes).toBe(900)
  // The answer was lost, and the same request comes again.
  expect((await family.post('decisions', first)).status).toBe(201)
})

test('an edit of a decision that is not there is a conflict, not a new decision', async () => {
  const request = { id: newEntryId(world), based: 3, data: granted() }
  expect(codeOf(await family.post('decisions', request))).toBe('conflict')
})

test('§6 a decision that would end before a held visit is said before saving, possible with a reason, visible afterwards', async () => {
  await hold()
  const until = addDays(today, -1)
  const refused = await edit({ until })
  expect(refused.status).toBe(409)
  expect(refused.body).toMatchObject({
    code: 'needs-reason',
    issues: [{ path: ['data', 'until'], code: 'ends-before-held-visit' }]
  })
  expect((await read()).data.until).toBe(granted().until)

  expect((await edit({ until }, { reason: 'Tilaaja päätti päätöksen takautuvasti' })).status).toBe(
    201
  )
  const { data } = await read()
  expect(data.until).toBe(until)
  expect(data.exception).toMatchObject({
    codes: ['ends-before-held-visit'],
    reason: 'Tilaaja päätti päätöksen takautuvasti',
    by: mainUser.id
  })

  // What was asked once is not asked again, and stays in sight.
  expect((await edit({ until, goals: ['Loppukäynti'] })).status).toBe(201)
  expect((await read()).data.exception?.codes).toEqual(['ends-before-held-visit'])
})

test('§6 a grant cut under what is used asks for a reason; what was asked once is not asked again', async () => {
  await hold()
  const cut = { grantedMinutes: 30 }
  expect((await edit(cut)).body).toMatchObject({
    issues: [{ path: ['data', 'grantedMinutes'], code: 'hours-over-grant' }]
  })
  expect((await edit(cut, { reason: 'Tilaajan oikaisu' })).status).toBe(201)

  expect((await edit({ ...cut, goals: ['Uusi tavoite'] })).status).toBe(201)
  expect((await read()).data.exception?.reason).toBe('Tilaajan oikaisu')

  expect((await edit({ grantedMinutes: 600 })).status).toBe(201)
  expect((await read()).data.exception).toBeUndefined()
})

test('§6 a later exception keeps the earlier one in sight', async () => {
  await hold()
  await edit({ grantedMinutes: 30 }, { reason: 'Tilaajan oikaisu' })
  await edit({ grantedMinutes: 30, until: addDays(today, -1) }, { reason: 'Päättyi eilen' })
  expect((await read()).data.exception).toMatchObject({
    codes: expect.arrayContaining(['ends-before-held-visit', 'hours-over-grant']) as string[],
    reason: 'Päättyi eilen'
  })
})

test('a planned visit that the decision would no longer cover is told of too', async () => {
  await family.plan(worker.id)
  expect((await edit({ until: addDays(today, -1) })).body).toMatchObject({
    issues: [{ path: ['data', 'until'], code: 'outside-decision' }]
  })
  expect((await edit({ from: addDays(today, 1) })).body).toMatchObject({
    issues: [{ path: ['data', 'from'], code: 'outside-decision' }]
  })
})

test('an exception is the server’s to write: nobody sends one', async () => {
  const exception = { codes: ['clash'], reason: 'x', by: mainUser.id, at: '2026-11-22T07:00:00Z' }
  expect(codeOf(await edit({ exception }))).toBe('unknown-property')
})

test('§8 a reason holds no personal identity code', async () => {
  expect(codeOf(await edit({}, { reason: 'Asiakas 010594Y9032 pyysi' }))).toBe('identity-code')
})

test('§6 Tilanne warns before hours run out, names overruns, and counts by the organiser’s rules', async () => {
  const situation = async () =>
    situationSchema.parse((await office.ask('GET', '/api/office/situation')).body)
  const name = 'Aino Kuusinen'
  await hold()
  await edit({ grantedMinutes: 90 })
  expect(await situation()).toMatchObject({ overruns: [], runningOut: [] })
  await edit({ grantedMinutes: 75 })
  expect(await situation()).toMatchObject({
    overruns: [],
    runningOut: [{ customership: family.id, name, leftMinutes: 15 }]
  })

  const { revision, organisation } = organisationAnswerSchema.parse(
    (await office.ask('GET', '/api/office/organisation')).body
  )
  const rule = { ...plainRule, organiser: 'mallikunta', from: addDays(today, -60) }
  const rules = [...(organisation.rules ?? []), { ...rule, minBillableMinutes: 90 }]
  await office.ask('PUT', '/api/office/organisation/rules', { based: revision, rules })
  expect(await situation()).toMatchObject({
    overruns: [{ customership: family.id, name, overMinutes: 15 }],
    runningOut: []
  })
})

test('§6 Tilanne warns of a decision that ends within a month, unless another follows it', async () => {
  const expiring = async () =>
    situationSchema.parse((await office.ask('GET', '/api/office/situation')).body).expiring
  const until = addDays(today, 20)
  await edit({ until })
  expect(await expiring()).toMatchObject([{ customership: family.id, until }])
  const data = { ...granted(), from: addDays(until, 1), until: addDays(until, 200) }
  await family.post('decisions', { id: newEntryId(world), data })
  expect(await expiring()).toEqual([])
})
