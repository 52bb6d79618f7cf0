import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { changedHeadings } from '#contract/notice-difference.ts'
import {
  noticeAnswerSchema,
  noticeDeskSchema,
  noticeVersionAnswerSchema,
  tellingsAnswerSchema
} from '#contract/notice.ts'
import type { SessionAnswer } from '#contract/session.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

const day = 86_400_000
const summary = {
  fi: 'Tiedot poistetaan kuukaudessa.',
  sv: 'Uppgifterna raderas inom en månad.',
  en: 'Data is deleted within a month.'
}

let world: World
let mainUser: User
let office: Client
let today: Day

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  today = dayAt(world.clock.now())
})
afterEach(() => world.close())

/** The desk is signed in again: nobody sat there meanwhile. */
async function passDays(days: number): Promise<void> {
  world.clock.advance(days * day)
  office = await world.signedIn(mainUser)
}

const notice = async () =>
  noticeAnswerSchema.parse((await world.client().ask('GET', '/api/notice')).body)

const version = (number: number | string) =>
  world.client().ask('GET', `/api/notice/versions/${number}`)

async function desk(client = office) {
  const answer = await client.ask('GET', '/api/office/notice')
  expect(answer.status, answer.text).toBe(200)
  return noticeDeskSchema.parse(answer.body)
}

const headings = async () => {
  const { draft, newest } = await desk()
  return changedHeadings(newest.text.fi, draft.fi)
}

async function publish(o: {
  from?: Day
  significant?: typeof summary | null
  based?: number
}): Promise<Answer> {
  const based = o.based ?? (await desk()).revision
  const { from: effectiveFrom = today, significant = null } = o
  return office.ask('POST', '/api/office/notice', { based, effectiveFrom, significant })
}

async function setDeleteAfter(days: number): Promise<void> {
  const { revision } = await desk()
  const asked = { based: revision, deleteAfterDays: days, lapseDays: 30, warned: [] }
  const answer = await office.ask('PUT', '/api/office/organisation/policy', asked)
  expect(answer.status, answer.text).toBe(200)
}

async function tellings(client = office) {
  const answer = await client.ask('GET', '/api/office/notice/tellings')
  expect(answer.status, answer.text).toBe(200)
  return tellingsAnswerSchema.parse(answer.body)
}

const tell = (customerships: readonly CustomershipId[], more: object = {}) =>
  office.ask('POST', '/api/office/notice/tellings', {
    version: 2,
    customerships,
    told: { way: 'by-post', day: today },
    ...more
  })

const pendingOf = async (user: User) => {
  const answer = await (await world.signedIn(user)).ask('GET', '/api/session')
  return bodyOf<SessionAnswer>(answer).pending
}

test('§14 the notice keeps its fourteen headings in three languages, and cites the law in force', async () => {
  const { text, versions, notice: inForce } = await notice()
  expect(inForce.version).toBe(1)
  expect(versions).toHaveLength(1)
  for (const language of ['fi', 'sv', 'en'] as const) {
    expect(text[language].map(({ number }) => number)).toEqual(
      [...Array(14).keys()].map((n) => n + 1)
    )
    const all = JSON.stringify(text[language])
    expect(all).toContain('703/2023')
    expect(all).toContain('2016/679')
  }
})

test('§8, §14 what the work needs beyond the original phrase stands in the next version', async () => {
  expect(await headings()).toEqual([8])
  expect((await publish({})).status).toBe(201)
  const [fi] = [(await notice()).text.fi[7]]
  const lines = fi?.lines.map(({ text }) => text) ?? []
  expect(lines).toContain('Käynnillä ajetut kilometrit')
  expect(lines).toContain('Nämä tiedot työ vaatii yllä mainittujen lisäksi.')
  expect(await headings()).toEqual([])
})

test('§14 what is published stays as it was, whatever becomes of the settings', async () => {
  await publish({})
  const before = (await version(2)).text
  await setDeleteAfter(30)
  expect(await headings()).toEqual([7])
  expect((await version(2)).text).toBe(before)
  await publish({ significant: summary })
  expect((await version(2)).text).toBe(before)

  const third = noticeVersionAnswerSchema.parse((await version(3)).body)
  expect(third.former?.version).toBe(2)
  expect(changedHeadings(third.former?.text.fi ?? [], third.text.fi)).toEqual([7])
  expect(JSON.stringify(third.former?.text.fi)).toContain('60 päivän')
  expect(JSON.stringify(third.text.sv)).toContain('senast 30 dagar')
  expect((await notice()).versions.map((one) => one.version)).toEqual([3, 2, 1])
})

test('§14 until its day the former version is in force, and settings that change meanwhile change neither', async () => {
  const from = addDays(today, 10)
  expect((await publish({ from, significant: summary })).status).toBe(201)
  await setDeleteAfter(30)
  expect((await notice()).notice.version).toBe(1)
  // The draft differs from the version that waits, which is not yet in force.
  expect(await headings()).toEqual([7])
  await passDays(10)
  const inForce = await notice()
  expect(inForce.notice).toEqual({ version: 2, effectiveFrom: from })
  expect(JSON.stringify(inForce.text.fi)).toContain('60 päivän')
})

test('§14 no version begins in the past, or before the one before it', async () => {
  const yesterday = await publish({ from: addDays(today, -1) })
  expect([yesterday.status, codeOf(yesterday)]).toEqual([422, 'invalid'])
  expect(bodyOf<{ issues: unknown }>(yesterday).issues).toEqual([
    { path: ['effectiveFrom'], code: 'past' }
  ])
  expect((await publish({ from: addDays(today, 10) })).status).toBe(201)
  await setDeleteAfter(30)
  const between = await publish({ from: addDays(today, 5) })
  expect(bodyOf<{ issues: unknown }>(between).issues).toEqual([
    { path: ['effectiveFrom'], code: 'before-former' }
  ])
  expect((await publish({ from: addDays(today, 10) })).status).toBe(201)
})

test('§14 of two who publish at once one does, and nothing is published twice', async () => {
  const { revision: based } = await desk()
  const answers = await Promise.all([publish({ based }), publish({ based })])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  const again = await publish({})
  expect(bodyOf<{ issues: unknown }>(again).issues).toEqual([{ path: [], code: 'unchanged' }])
  expect((await notice()).versions).toHaveLength(2)
})

test('§14 settings that changed since they were looked at are not published unseen', async () => {
  const { revision: based } = await desk()
  await setDeleteAfter(30)
  expect(codeOf(await publish({ based }))).toBe('conflict')
})

test('§14 a version that nobody published is not there', async () => {
  for (const strange of [2, 0, 99999999, 'uusin', '1e0', '%00'])
    expect([strange, codeOf(await version(strange))]).toEqual([strange, 'not-found'])
})

test('§14 a significant change is acknowledged by every user once its day has come, another by nobody', async () => {
  const worker = await world.user({ role: 'worker' })
  expect((await publish({})).status).toBe(201)
  expect(await pendingOf(worker)).toEqual([])

  await setDeleteAfter(30)
  expect((await publish({ from: addDays(today, 3), significant: summary })).status).toBe(201)
  expect(await pendingOf(worker)).toEqual([])
  await passDays(3)
  expect(await pendingOf(worker)).toEqual(['notice'])

  const client = await world.signedIn(worker)
  const done = await client.ask('POST', '/api/session/pending', { done: 'notice' })
  expect(bodyOf<SessionAnswer>(done).pending).toEqual([])
  expect((await world.parts.store.users.find(worker.id))?.noticeVersion).toBe(3)
})

test('§14 a notice that waits to be acknowledged never holds up a note: the tablet delivers it', async () => {
  const worker = await world.user({ role: 'worker' })
  const family = await Family.open(world, office)
  await family.assign(worker.id)
  const visit = await family.plan(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await publish({ from: addDays(today, 1), significant: summary })
  // It was without a network over the day on which the version came into force.
  await passDays(1)
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(visit) })
  expect((await tablet.push()).map(({ outcome }) => outcome)).toEqual(['applied'])
  expect(await pendingOf(worker)).toEqual(['notice'])
})

test('§14 a significant change makes a list of every client, worked through and logged', async () => {
  const [one, two] = [await Family.open(world, office), await Family.open(world, office, 'Mänty')]
  expect((await tellings()).version).toBeNull()
  await publish({ significant: summary })
  const listed = await tellings()
  expect(listed.version?.summary).toEqual(summary)
  expect(listed.lines.map(({ name }) => name).sort()).toEqual(['Aino Kuusinen', 'Aino Mänty'])
  expect(listed.lines.every(({ told }) => told === null)).toBe(true)
  const situation = () => office.ask('GET', '/api/office/situation')
  expect(bodyOf<{ untold: number }>(await situation()).untold).toBe(2)

  expect((await tell([one.id])).status).toBe(200)
  const told = (await tellings()).lines.find(({ customership }) => customership === one.id)?.told
  expect(told).toMatchObject({ way: 'by-post', day: today, by: mainUser.id })
  expect(bodyOf<{ untold: number }>(await situation()).untold).toBe(1)
  const lines = await world.parts.store.usage.search({ customership: one.id }, 50)
  expect(lines.some(({ kind, purpose }) => kind === 'write' && purpose === 'client-rights')).toBe(
    true
  )
  // Marked by mistake: the mark goes, and the log keeps both.
  expect((await tell([one.id], { told: null })).status).toBe(200)
  expect(bodyOf<{ untold: number }>(await situation()).untold).toBe(2)
  expect((await tell([one.id, two.id])).status).toBe(200)
  expect(bodyOf<{ untold: number }>(await situation()).untold).toBe(0)
})

test('§14 nobody is told before it was published, or tomorrow, or off the list', async () => {
  const one = await Family.open(world, office)
  await publish({ significant: summary })
  const later = await Family.open(world, office, 'Mänty')
  for (const told of [
    { way: 'by-post', day: addDays(today, 1) },
    { way: 'by-post', day: addDays(today, -1) }
  ])
    expect(codeOf(await tell([one.id], { told }))).toBe('invalid')
  expect(codeOf(await tell([one.id, later.id]))).toBe('not-found')
  expect((await tellings()).lines.map(({ told }) => told)).toEqual([null])
})

test('§7, §14 a customership that is deleted leaves the list', async () => {
  const gone = await Family.open(world, office)
  await Family.open(world, office, 'Mänty')
  await publish({ significant: summary })
  const plan = await world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, gone.id, 'asked', mainUser.id)
  )
  if (!plan) throw new Error('it is there')
  await deleteCustomership(world.parts, plan)
  expect((await tellings()).lines.map(({ name }) => name)).toEqual(['Aino Mänty'])
  expect(await world.parts.store.notices.untold()).toBe(1)
})

test('§12, §14 who only oversees sees the list without names, and publishes nothing', async () => {
  await Family.open(world, office)
  await publish({ significant: summary })
  const officer = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['oversight'] })
  )
  await officer.ask('POST', '/api/session/pending', { done: 'notice' })
  expect((await tellings(officer)).lines.map(({ name }) => name)).toEqual([null])
  const { revision: based } = await desk(officer)
  const asked = { based, effectiveFrom: today, significant: null }
  expect(codeOf(await officer.ask('POST', '/api/office/notice', asked))).toBe('not-allowed')
})

test('§8, §14 no personal identity code gets into a notice', async () => {
  const significant = { ...summary, en: 'Ask 010594Y9032' }
  expect(codeOf(await publish({ significant }))).toBe('identity-code')
})

test('§14 a register from before the versions keeps the notice that it had, as its first', async () => {
  await world.parts.store.files.register.sql.deleteFrom('notices').execute()
  await world.stop()
  await world.start()
  expect((await notice()).versions).toEqual([
    { version: 1, effectiveFrom: '2026-11-01', isSignificant: true, summary: null }
  ])
})
