import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import { customershipAnswerSchema, customershipListSchema } from '#contract/customership.ts'
import type { EntryId } from '#contract/id.ts'
import type { ApprovalAnswer, SummaryAnswer } from '#contract/summary-request.ts'
import { deletionAnswerSchema, endingAnswerSchema } from '#contract/ending.ts'
import { registerMap, searchMap } from '#server/store/deletion-map.ts'
import type { User } from '#server/store/users.ts'
import { deliverAs, FamilyMonth } from '#tests/support/month.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { issuesOf, RightsCases } from '#tests/support/rights-case.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let worker: User
let tablet: WireTablet
let family: Family
let cases: RightsCases

const today = (): Day => dayAt(world.clock.now())
const address = (more = '') => `/api/office/customerships/${family.id}${more}`

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  tablet = await WireTablet.enrol(world, worker)
  family = await Family.open(world, office, 'Haapalainen')
  cases = new RightsCases(world, office, family)
  await family.assign(worker.id)
  await tablet.pull()
})
afterEach(() => world.close())

async function pass(days: number): Promise<void> {
  world.clock.advance(days * 86_400_000)
  for (const [client, user] of [
    [office, mainUser],
    [tablet.client, worker]
  ] as const) {
    const { cookies } = await world.signedIn(user)
    client.cookies.set('session', cookies.get('session') ?? '')
  }
}

const restrict = async () =>
  cases.done(await cases.register({ kind: 'restriction' }), {
    act: 'restrict',
    ground: 'accuracy-contested',
    words: 'Aika on väärin'
  })
const lift = () => ({ act: 'lift', reason: 'Tarkistettu', ...cases.sent() })

test('§13 while processing is restricted the office reads on, and writes nothing', async () => {
  await restrict()
  const opened = await office.ask('GET', `${address()}?purpose=client-rights`)
  expect(customershipAnswerSchema.parse(opened.body)).toMatchObject({ restrictedOn: today() })
  const found = await office.ask('POST', '/api/office/customerships/search', { query: '' })
  expect(customershipListSchema.parse(found.body).customerships).toMatchObject([
    { id: family.id, restrictedOn: today() }
  ])
  const { decision } = family.opening('Haapalainen')
  const plannedStart = '2026-11-23T08:00:00Z'
  const planned = { decision: family.decision, worker: worker.id, plannedStart }
  const asked = {
    visits: {
      id: newEntryId(world),
      data: { ...planned, plannedEnd: '2026-11-23T09:00:00Z' },
      reason: 'Sovittu'
    },
    decisions: { ...decision, id: newEntryId(world), reason: 'Sovittu' },
    assignments: {
      id: newEntryId(world),
      data: { worker: worker.id, from: today(), tasks: ['care'] },
      reason: 'Sovittu'
    },
    package: { language: 'fi' }
  }
  for (const [what, body] of Object.entries(asked))
    expect(codeOf(await family.post(what, body)), what).toBe('restricted')
  // Whatever asks the register itself is refused as well: nobody has to remember to ask.
  const changed = await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.setState('active'), { alsoClosed: true })
  )
  expect(changed).toEqual({ restrictedOn: today() })
})

test('§13 what a tablet writes of what is restricted awaits a decision, and is never lost', async () => {
  const visit = await family.plan(worker.id)
  await tablet.pull()
  const request = await restrict()
  const frames = await tablet.pull()
  expect(frames.find((frame) => frame.frame === 'customership')).toMatchObject({
    id: family.id,
    reset: true,
    restrictedOn: today()
  })
  const customership = family.id
  const recorded = await tablet.do({
    op: 'visit.record',
    customership,
    body: family.visit(visit)
  })
  expect(recorded).toMatchObject({ outcome: 'awaiting-decision', code: 'restricted' })
  const fields = { tasks: ['meals'], done: 'Aino kertoi paivakodista' }
  const note = family.note(newEntryId(world), visit, fields)
  const signed = await tablet.do({ op: 'note.sign', customership, body: note })
  expect(signed).toMatchObject({ outcome: 'awaiting-decision', code: 'restricted' })

  const ids = [recorded.id, signed.id]
  const accept = () => office.ask('POST', '/api/office/awaiting', { ids, decision: 'accept' })
  expect(bodyOf<{ results: object[] }>(await accept()).results).toMatchObject([
    { outcome: 'awaiting-decision', code: 'restricted' },
    { outcome: 'awaiting-decision' }
  ])
  await cases.done(request, lift())
  expect(bodyOf<{ results: object[] }>(await accept()).results).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied' }
  ])
  const after = await tablet.pull()
  expect(after.find((frame) => frame.frame === 'customership')).not.toHaveProperty('restrictedOn')
  expect(tablet.entry(family.id, note.note)?.data).toMatchObject({ state: 'signed' })
})

test('§13 who read it on a tablet while it was restricted still says so', async () => {
  await restrict()
  const at = new Date(world.clock.now()).toISOString()
  const events = [{ customership: family.id, kind: 'open', purpose: 'carrying-out', at }]
  const reported = await tablet.do({
    op: 'usage.report',
    customership: family.id,
    body: { events }
  })
  expect(reported.outcome).toBe('applied')
})

async function approvedSummary(): Promise<{ organiser: string; month: string; summary: EntryId }> {
  const [organiser, month] = ['mallikunta', '2026-10']
  const written = new FamilyMonth(world, family.id, worker.id)
  const visit = await written.visit('2026-10-13', [9, 10], { decision: family.decision })
  await written.note(visit, { observations: 'Lapsi nukkui hyvin.' })
  const read = async () =>
    bodyOf<SummaryAnswer>(
      await office.ask('GET', address(`/summary?organiser=${organiser}&month=${month}`))
    )
  const { based } = await read()
  const approval = await office.ask('POST', '/api/office/summaries/approval', {
    ...{ month, despite: true },
    summaries: [{ customership: family.id, organiser, based }]
  })
  expect(bodyOf<ApprovalAnswer>(approval).results).toMatchObject([{ outcome: 'approved' }])
  const { summary } = await read()
  if (!summary) throw new Error('an approved summary has an id')
  return { organiser, month, summary }
}

test('§13 what is restricted is in no delivery until it is lifted', async () => {
  const { organiser, month, summary } = await approvedSummary()
  const deliver = () =>
    deliverAs(office, {
      ...{ organiser, month, channel: 'secure-mail', content: 'whole' },
      summaries: [{ customership: family.id, summary }]
    })
  const request = await restrict()
  const refused = await deliver()
  expect({ code: codeOf(refused.answer), done: refused.done }).toEqual({
    ...{ code: 'restricted', done: null }
  })
  await cases.done(request, lift())
  expect((await deliver()).done).not.toBeNull()
})

test('§13 a return package that was made before is fetched by nobody until it is lifted', async () => {
  await family.end(addDays(today(), 3))
  expect((await family.post('package', { language: 'fi' })).status).toBe(201)
  const fetch = (part: string) =>
    office.fetch(address(`/package/${part}?recipient=mallikunta&channel=by-hand`))
  const request = await restrict()
  for (const part of ['record', 'archive']) expect((await fetch(part)).status).toBe(409)
  await cases.done(request, lift())
  expect((await fetch('record')).status).toBe(200)
})

test("§13 a sick worker's day is swapped without what is restricted, or not at all", async () => {
  const visit = await family.plan(worker.id)
  const read = () =>
    world.parts.store.register.read(family.id, (reader) => reader.entry('visit', visit))
  const planned = await read()
  await restrict()
  const swap = await office.ask('POST', '/api/office/week/swap', {
    ...{ worker: worker.id, day: today() },
    visits: [
      {
        ...{ customership: family.id, visit, based: planned?.revision },
        ...{ substitute: null, assignment: newEntryId(world) }
      }
    ]
  })
  expect(codeOf(swap)).toBe('restricted')
  expect(await read()).toEqual(planned)
})

test('§13 what is restricted is told to no portal', async () => {
  await restrict()
  const moves = await office.ask('POST', '/api/office/transfers/moves', {
    moves: [
      {
        customership: family.id,
        visit: newEntryId(world),
        event: newEntryId(world),
        from: null,
        to: 'recorded',
        seen: 'x'
      }
    ]
  })
  expect(codeOf(moves)).toBe('restricted')
})

test('§13 a restriction is lifted after the person was told, and stands while another request needs it', async () => {
  const first = await restrict()
  const second = await restrict()
  expect(issuesOf(await cases.act(first, { ...lift(), on: addDays(today(), 1) }))).toEqual([
    'on future'
  ])
  expect((await cases.done(first, lift())).client?.restrictedOn).toBe(today())
  expect(codeOf(await cases.act(first, lift()))).toBe('conflict')
  const lifted = await cases.done(second, lift())
  expect(lifted.client?.restrictedOn).toBeNull()
  expect(lifted.work?.restrictions).toMatchObject([
    { ground: 'accuracy-contested', lifted: { on: today(), channel: 'post', by: mainUser.id } }
  ])
})

test('§13 a restriction keeps what its deadline would delete, and is told in the closing list', async () => {
  await cases.selfPaying()
  await family.post('ending', { endDay: today(), reason: 'client-asked' })
  const request = await restrict()
  await pass(1)
  await tablet.pull()
  const open = async () =>
    endingAnswerSchema.parse((await office.ask('GET', address('/ending'))).body).open
  expect(await open()).toContainEqual({ code: 'restriction', count: 1 })
  await pass(90)
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toMatchObject({ state: 'closed' })
  await cases.done(request, lift())
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toBeNull()
})

type Rows = Record<string, string[]>

async function wholeStore(): Promise<Rows> {
  const { register, search } = world.parts.store.files
  const rows: Rows = {}
  for (const table of Object.keys(registerMap) as (keyof typeof registerMap)[])
    rows[table] = (await register.sql.selectFrom(table).selectAll().execute()).map(asText)
  for (const table of Object.keys(searchMap) as (keyof typeof searchMap)[])
    rows[table] = (await search.sql.selectFrom(table).selectAll().execute()).map(asText)
  return rows
}

const asText = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) =>
    value instanceof Object && 'type' in value && value.type === 'Buffer' && 'data' in value
      ? Buffer.from(value.data as number[]).toString('hex')
      : value
  )

test('§7 §13 of a request nothing outlives its customership but codes, days and random ids', async () => {
  await cases.selfPaying()
  const closed = await cases.done(await cases.register(), cases.answered())
  const open = await cases.register({ kind: 'rectification' })
  const erasure = await cases.register({ kind: 'erasure' })
  const nobody = await cases.registerOfNobody()
  await family.end(today())
  await pass(1)
  await tablet.pull()
  await tablet.pull()
  await family.post('ending/acts', { act: 'retention', keep: null })
  const before = await wholeStore()
  expect(before['rightsWorks']).toHaveLength(3)
  expect(deletionAnswerSchema.parse((await family.post('deletion', {})).body)).toBeTruthy()
  const after = await wholeStore()

  expect(after['rightsWorks']).toEqual([])
  const rows = after['rightsRequests']!.map(
    (row) => JSON.parse(row) as Record<string, string | number | null>
  )
  const outcomeOf = ({ request }: { request: { id: string } }) =>
    rows.find(({ id }) => id === request.id)?.['outcome']
  expect([closed, open, erasure, nobody].map(outcomeOf)).toEqual([
    'granted',
    'not-held',
    'granted',
    null
  ])
  // Codes, days, moments, ids and the number: nothing that somebody wrote.
  const plain = /^([a-z-]+|\d{4}-\d{2}-\d{2}|P-\d{4}-\d{4}|[0-9a-f-]{36}|\d+)$/
  for (const row of rows)
    for (const value of Object.values(row)) if (value !== null) expect(String(value)).toMatch(plain)
  const detail = await cases.read(open)
  expect(detail).toMatchObject({ work: null, client: null, request: { isDeleted: true } })
  expect(codeOf(await cases.act(open, cases.answered()))).toBe('not-found')
  expect(codeOf(await cases.ask(cases.registration()))).toBe('not-found')

  await pass(366 * 13)
  await world.app.jobs.runDue()
  expect((await wholeStore())['rightsRequests']).toHaveLength(1)
})
