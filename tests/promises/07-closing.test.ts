import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, type Day } from '#contract/day.ts'
import { endingAnswerSchema, endingsAnswerSchema, type EndingAnswer } from '#contract/ending.ts'
import type { EntryId } from '#contract/id.ts'
import { situationSchema } from '#contract/office.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let family: Family
const day = 86_400_000
const today = (): Day => dayAt(world.clock.now())

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office, 'Haapalainen')
})
afterEach(() => world.close())

/** Sessions lapse while days pass. */
async function pass(days: number): Promise<void> {
  world.clock.advance(days * day)
  await world.app.jobs.runDue()
  const { cookies } = await world.signedIn(mainUser)
  office.cookies.set('session', cookies.get('session') ?? '')
}

const act = (body: object, client = office): Promise<Answer> =>
  client.ask('POST', `/api/office/customerships/${family.id}/ending/acts`, body)

async function ending(): Promise<EndingAnswer> {
  const answer = await office.ask('GET', `/api/office/customerships/${family.id}/ending`)
  return endingAnswerSchema.parse(answer.body)
}
const open = async () => (await ending()).open.map(({ code }) => code)
const isGone = async () => (await world.parts.store.register.find(family.id)) === null
/** As the certificate tells it. */
async function handOver(): Promise<string | null> {
  const certificate = await world.parts.store.certificates.find(family.id)
  return certificate && 'handOver' in certificate ? certificate.handOver : null
}
const deletion = () => office.ask('POST', `/api/office/customerships/${family.id}/deletion`)
const issueOf = (answer: Answer) =>
  (answer.body as { issues?: { path: string[]; code: string }[] }).issues?.[0]

async function setHold(): Promise<EntryId> {
  const id = newEntryId(world)
  const hold = { act: 'hold', id, ground: 'legal-claim', words: 'Riita laskusta käräjäoikeudessa' }
  expect((await act({ ...hold, reviewBy: addDays(today(), 30) })).status).toBe(200)
  return id
}

test('§7 the list is worked, who, when and how stand in it, and then it may be deleted', async () => {
  await family.end(today())
  await pass(1)
  // Nothing was held, so no portal has anything to hear: that row needs nobody's word.
  expect(await open()).toEqual(['last-summary', 'hand-over'])
  expect(codeOf(await deletion())).toBe('something-open')
  const future = { act: 'receipt', from: 'Kirjaamo', receivedOn: addDays(today(), 1), how: 'Posti' }
  expect(issueOf(await act(future))).toEqual({ path: ['receivedOn'], code: 'future' })
  await family.settle()
  const { list } = await ending()
  const settled = list.filter(({ settled: made }) => made.length > 0)
  expect(settled.map(({ code, settled: [made] }) => [code, made?.by, made?.how])).toEqual([
    ['last-summary', mainUser.id, 'Turvapostilla'],
    ['portal-events', mainUser.id, 'Portaalissa'],
    ['hand-over', mainUser.id, 'Kirjaamo: Turvapostilla']
  ])
  expect(await open()).toEqual([])
  expect((await deletion()).status).toBe(200)
  expect(await isGone()).toBe(true)
})

test.each(['receipt', 'cancel'])('§7 the package goes with the %s', async (what) => {
  await family.end(today())
  await pass(1)
  const path = `/api/office/customerships/${family.id}/package`
  expect((await office.ask('POST', path, { language: 'fi' })).status).toBe(201)
  const pieces = () =>
    world.parts.store.files.register.sql.selectFrom('packagePieces').select('piece').execute()
  expect((await pieces()).length).toBeGreaterThan(0)
  if (what === 'receipt') await family.settle()
  else await act({ act: 'cancel', reason: 'Päätöstä jatkettiin' })
  expect(await pieces()).toEqual([])
})

test('§7 an ending can be taken back with a reason, and tablets receive everything again', async () => {
  const worker = await world.user({ role: 'worker' })
  const tablet = await WireTablet.enrol(world, worker)
  await family.assign(worker.id)
  await tablet.pull()
  await family.end(addDays(today(), -1))
  await tablet.pull()
  expect(tablet.held.has(family.id)).toBe(false)
  await family.settle()
  expect((await act({ act: 'cancel', reason: 'Päätöstä jatkettiin' })).status).toBe(200)
  await tablet.pull()
  expect(tablet.held.get(family.id)?.purgeAfter).toBeNull()
  const after = await ending()
  expect(after).toMatchObject({ state: 'active', endDay: null, deleteBy: null })
  expect(after.record).toMatchObject({ ticks: [], resumed: [{ by: mainUser.id }] })
  expect(after.record.receipt).toBeUndefined()
  expect(codeOf(await act({ act: 'cancel', reason: 'Uudelleen' }))).toBe('conflict')
})

test('§7 what was taken back does not lapse again the next day, but a week later it does', async () => {
  const lastDay = addDays(today(), 300)
  world.clock.set(instantOf(addDays(lastDay, 31)))
  await pass(0)
  expect(await ending()).toMatchObject({ state: 'closed' })
  await act({ act: 'cancel', reason: 'Uusi päätös on tulossa' })
  await pass(1)
  expect(await ending()).toMatchObject({ state: 'active', lapsesOn: addDays(lastDay, 61) })
  await pass(31)
  expect(await ending()).toMatchObject({ state: 'closed', endDay: addDays(lastDay, 61) })
})

test('§7 a legal hold stops the deletion at its deadline and by hand, until two main users set it aside', async () => {
  const second = await world.user({ role: 'main-user' })
  await family.end(today())
  await family.settle()
  const hold = await setHold()
  await pass(61)
  expect(await isGone()).toBe(false)
  expect(await open()).toEqual(['legal-hold'])
  expect(codeOf(await deletion())).toBe('something-open')
  const listed = await office.ask('GET', '/api/office/endings')
  expect(endingsAnswerSchema.parse(listed.body).holds).toMatchObject([
    { id: family.id, lastName: 'Haapalainen', hold: { id: hold, by: mainUser.id } }
  ])
  const finding = { act: 'review', hold, finding: 'Asia on yhä kesken' }
  expect(issueOf(await act({ ...finding, reviewBy: today() }))?.code).toBe('past')
  await act({ ...finding, reviewBy: addDays(today(), 30) })

  const aside = { act: 'set-aside', hold, reason: 'Riita on sovittu' }
  await act(aside)
  expect(issueOf(await act(aside))?.code).toBe('second-person')
  await pass(4)
  expect(await isGone()).toBe(false)
  await act(aside, await world.signedIn(second))
  expect(await open()).toEqual([])
  await pass(1)
  expect(await isGone()).toBe(true)
})

test('§7 where there is one main user only, a hold is set aside after 72 hours, and the log says so', async () => {
  await family.end(today())
  await family.settle()
  const hold = await setHold()
  await act({ act: 'set-aside', hold, reason: 'Riita on sovittu' })
  await pass(2)
  expect(await open()).toEqual(['legal-hold'])
  await pass(1)
  expect(await open()).toEqual([])
  const uses = await world.parts.store.usage.of(family.id)
  expect(uses.filter(({ user }) => user === null)).toMatchObject([
    { kind: 'write', purpose: 'oversight' }
  ])
})

test('§7 without a receipt the server waits thirty days, twice renewed at most, warns daily, then deletes and says so', async () => {
  await family.end(today())
  await pass(60)
  const held = await ending()
  expect(held.record.holds).toMatchObject([
    { ground: 'unconfirmed-hand-over', by: null, until: addDays(today(), 30) }
  ])
  const hold = held.record.holds[0]?.id
  const renew = () => act({ act: 'renew', hold, reason: 'Tilaajan arkisto on kiinni' })
  // Only a receipt, or its own last day, ends the wait.
  expect(codeOf(await act({ act: 'set-aside', hold, reason: 'Ei odoteta' }))).toBe('conflict')
  await renew()
  await renew()
  expect(issueOf(await renew())?.code).toBe('no-more')
  const told = async () =>
    (await ending()).record.warnings.filter(({ kind }) => kind === 'unconfirmed').length
  const before = await told()
  for (let days = 0; days < 3; days += 1) await pass(1)
  expect(await told()).toBe(before + 3)
  await pass(87)
  expect(await isGone()).toBe(false)
  await pass(1)
  expect(await isGone()).toBe(true)
  expect(await handOver()).toBe('unconfirmed')
})

test('§7 a receipt that comes while the server waits ends the wait', async () => {
  await family.end(today())
  await pass(60)
  expect(await open()).toContain('legal-hold')
  await family.settle()
  expect((await ending()).record.holds).toMatchObject([{ ended: { how: 'confirmed' } }])
  await pass(0)
  expect(await isGone()).toBe(true)
  expect(await handOver()).toBe('confirmed')
})

test('§7 what the provider must keep by law leaves the tablets and lies under a hold until its last day', async () => {
  const own = { ...family.opening('Omavarainen').decision.data, controller: 'provider' as const }
  const current = await world.parts.store.register.read(family.id, (reader) =>
    reader.entry('decision', family.decision)
  )
  const data = { ...own, funding: 'direct' as const }
  const written = await family.post('decisions', {
    id: family.decision,
    based: current?.revision,
    data,
    reason: 'Itse maksava'
  })
  expect(written.status).toBeLessThan(300)
  await family.end(today())
  await pass(1)
  expect(await open()).toEqual(['retention'])
  const lastDay = addDays(today(), 200)
  const keep = { ground: 'Kirjanpitolaki', lastDay }
  expect(issueOf(await act({ act: 'retention', keep: { ...keep, lastDay: today() } }))?.code).toBe(
    'past'
  )
  await act({ act: 'retention', keep })
  expect(await open()).toEqual(['legal-hold'])
  await pass(200)
  expect(await isGone()).toBe(false)
  await pass(1)
  expect(await isGone()).toBe(true)
})

test('§7 named people are warned before a deletion and a lapse, see it on Tilanne, and that they saw it is kept', async () => {
  const second = await world.user({ role: 'main-user' })
  const stranger = await world.user({ role: 'worker' })
  const settings = await office.ask('GET', '/api/office/organisation')
  const { revision } = settings.body as { revision: number }
  const policy = { based: revision, deleteAfterDays: 60, lapseDays: 30 }
  const unknown = await office.ask('PUT', '/api/office/organisation/policy', {
    ...policy,
    warned: [stranger.id]
  })
  expect(unknown.body).toMatchObject({ issues: [{ path: ['warned'], code: 'unknown' }] })
  await office.ask('PUT', '/api/office/organisation/policy', { ...policy, warned: [mainUser.id] })

  const warnings = async (client = office) =>
    situationSchema.parse((await client.ask('GET', '/api/office/situation')).body).warnings
  await family.end(today())
  await family.settle()
  await pass(45)
  expect(await warnings()).toEqual([])
  await pass(1)
  const [warning] = await warnings()
  expect(warning).toMatchObject({ customership: family.id, kind: 'deletion', to: [mainUser.id] })
  expect(await warnings(await world.signedIn(second))).toEqual([])
  await act({ act: 'seen' })
  expect(await warnings()).toEqual([])
  await pass(7)
  expect(await warnings()).toHaveLength(1)
  const told = (await ending()).record.warnings
  expect(told.map(({ daysBefore, seen }) => [daysBefore, seen.length])).toEqual([
    [14, 1],
    [7, 0]
  ])

  await act({ act: 'cancel', reason: 'Jatkuu' })
  world.clock.set(instantOf(addDays((await ending()).lapsesOn ?? today(), -14)))
  await pass(0)
  expect(await warnings()).toMatchObject([{ kind: 'lapse' }])
})

test('§12 a worker settles nothing, and what is written of an ending lies sealed', async () => {
  const worker = await world.signedIn(await world.user({ role: 'worker' }))
  const asked = await act({ act: 'cancel', reason: 'Ei kuulu minulle' }, worker)
  expect([asked.status, codeOf(asked)]).toEqual([403, 'not-allowed'])
  await setHold()
  const rows = await world.parts.store.files.register.sql
    .selectFrom('endings')
    .selectAll()
    .execute()
  expect(rows).toMatchObject([{ customership: family.id, holds: 1 }])
  expect(rows[0]?.sealed.includes('käräjäoikeudessa')).toBe(false)
  const code = { act: 'hold', id: newEntryId(world), ground: 'other', words: '010594Y9032' }
  expect(codeOf(await act({ ...code, reviewBy: addDays(today(), 3) }))).toBe('identity-code')
})
