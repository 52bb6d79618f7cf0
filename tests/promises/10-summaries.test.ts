import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toMoment, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import type { DisclosuresAnswer } from '#contract/disclosure.ts'
import type { EntryId } from '#contract/id.ts'
import { endingAnswerSchema } from '#contract/ending.ts'
import { summaryDocumentSchema } from '#contract/summary-document.ts'
import type {
  ApprovalAnswer,
  ChangedSummaries,
  SummariesAnswer,
  SummaryAnswer
} from '#contract/summary-request.ts'
import { doDaily } from '#server/jobs/daily.ts'
import type { User } from '#server/store/users.ts'
import { deliverAs, FamilyMonth } from '#tests/support/month.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { faultsOfPdf } from '#tests/support/pdf-faults.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { unzip } from '#tests/support/unzip.ts'
import { bodyOf, codeOf, origin, World, type Client } from '#tests/support/world.ts'

const month = '2026-11'

let world: World
let mainUser: User
let worker: User
let office: Client
let family: Family
let written: FamilyMonth

beforeEach(async () => {
  world = await World.create({ now: Date.parse('2026-12-01T07:00:00Z') })
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  worker = await world.user({ role: 'worker', displayName: 'Aada Työntekijä' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
  written = new FamilyMonth(world, family.id, worker.id)
})
afterEach(() => world.close())

/** A session that is from the future by days has lapsed. */
async function setClock(moment: string): Promise<void> {
  world.clock.set(moment)
  const { cookies } = await world.signedIn(mainUser)
  office.cookies.set('session', cookies.get('session') ?? '')
}

const own = (more = '') => `/api/office/customerships/${family.id}/summary${more}`
const query = (organiser = 'mallikunta', of = month) => `?organiser=${organiser}&month=${of}`

const list = async (of = month): Promise<SummariesAnswer> =>
  bodyOf<SummariesAnswer>(await office.ask('GET', `/api/office/summaries?month=${of}`))
const read = async (organiser?: string, of?: string): Promise<SummaryAnswer> => {
  const answer = await office.ask('GET', own(query(organiser, of)))
  expect(answer.status, answer.text).toBe(200)
  return bodyOf<SummaryAnswer>(answer)
}
const write = (summary: EntryId, more: object) =>
  office.ask('PUT', own(), {
    ...{ summary, month, organiser: 'mallikunta', based: null, language: 'fi', state: 'checked' },
    substance: { notification: { isMade: false } },
    ...more
  })
async function approve(despite = false, organiser = 'mallikunta', based?: SummaryAnswer['based']) {
  const seen = based === undefined ? (await read(organiser)).based : based
  const answer = await office.ask('POST', '/api/office/summaries/approval', {
    ...{ month, despite },
    summaries: [{ customership: family.id, organiser, based: seen }]
  })
  expect(answer.status, answer.text).toBe(200)
  return bodyOf<ApprovalAnswer>(answer).results[0]!
}
const deliver = (summary: EntryId | null, more: object = {}) =>
  deliverAs(office, {
    ...{ organiser: 'mallikunta', month, channel: 'secure-mail', content: 'whole' },
    summaries: [{ customership: family.id, summary }],
    ...more
  })

const headersOf = ({ cookies }: Client) => ({
  ...{ 'Kotikaynti-Protocol': '1', 'Content-Type': 'application/json', Origin: origin },
  Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
})

const protectAddress = () =>
  world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const profile = await change.entry('profile', family.profile)
      const yes = { ...profile!.data.street!, value: 'yes' as const }
      const data = { ...profile!.data, addressProtected: yes }
      await change.put('profile', family.profile, data, mainUser.id)
    })
  )

const hashOf = (bytes: readonly Buffer[]) =>
  createHash('sha256').update(Buffer.concat(bytes)).digest('hex')

/** Two visits, each with its signed note. */
async function twoVisits() {
  const first = await written.visit('2026-11-03', [9, 10.5], { decision: family.decision })
  const second = await written.visit('2026-11-10', [9, 11], { decision: family.decision })
  await written.note(first, {
    observations: 'Lapsi nukkui hyvin.',
    'client-view': 'Äiti on väsynyt.',
    agreed: 'Jatketaan aamuja.'
  })
  await written.note(second, {
    observations: '=SUMMA(A1)',
    'child-view': 'Leikki oli kivaa.',
    concern: true,
    assessment: 'Tarvitaan lisää tukea.',
    'child-welfare-notification': true
  })
  return { first, second }
}

test('§10 a summary is drafted from the visits and the signed notes of its month', async () => {
  await twoVisits()
  const other = await written.visit('2026-10-30', [9, 10], { decision: family.decision })
  await written.note(other, { observations: 'Lokakuun havainto.' })
  const { figures, substance, notes, missing, state, summary } = await read()
  expect({ state, summary, missing }).toEqual({ state: 'draft', summary: null, missing: [] })
  expect(figures.client).toEqual({ firstName: 'Aino', lastName: 'Kuusinen' })
  expect(figures.decisions).toMatchObject([
    { grantedMinutes: 600, monthMinutes: 210, cumulativeMinutes: 270, leftMinutes: 390 }
  ])
  expect(substance).toEqual({
    summary: '3.11.2026: Lapsi nukkui hyvin.\n10.11.2026: =SUMMA(A1)',
    clientView: '3.11.2026: Äiti on väsynyt.',
    childView: '10.11.2026: Leikki oli kivaa.',
    concerns: '10.11.2026: Huoli tai poikkeama. Tarvitaan lisää tukea.',
    proposal: '3.11.2026: Jatketaan aamuja.',
    notification: { isMade: true, on: '2026-11-10' }
  })
  expect(notes.map(({ day }) => day)).toEqual(['2026-11-03', '2026-11-10'])
})

test('§10 an amendment is laid over its note; a draft and a version beside are nobody’s word yet', async () => {
  const visit = await written.visit('2026-11-03', [9, 10], { decision: family.decision })
  const note = await written.note(visit, { observations: 'Ensin', agreed: 'Sovittu' })
  const at = toMoment(world.clock.now())
  const base = { visit, template: 'home-service', templateVersion: 1, author: worker.id }
  const put = (id: EntryId, data: object) =>
    world.parts.store.register.transact((tx) =>
      tx.change(family.id, (change) =>
        change.put('note', id, { ...base, writtenAt: at, ...data } as never, worker.id)
      )
    )
  await put(newEntryId(world), {
    ...{ fields: { observations: 'Korjattu' }, state: 'signed', signedAt: at },
    ...{ amends: note, reason: 'Kirjoitusvirhe' }
  })
  await put(newEntryId(world), {
    fields: { observations: 'Rinnalla' },
    state: 'draft',
    forkOf: note
  })
  const { substance } = await read()
  expect(substance).toMatchObject({
    summary: '3.11.2026: Korjattu',
    proposal: '3.11.2026: Sovittu'
  })
})

test('§6 §10 what is missing is named: of which visit, and whom to ask', async () => {
  const { decision } = family
  const visit = (day: string, hours: [number, number], more: object = {}) =>
    written.visit(day, hours, { decision, visit: more })
  const unsigned = await visit('2026-11-02', [9, 10])
  await written.note(unsigned, { done: 'Kesken' }, 'draft')
  const noNote = await visit('2026-11-03', [9, 10])
  const planned = await visit('2026-11-04', [9, 10], {
    ...{ state: 'planned', startedAt: undefined, endedAt: undefined }
  })
  const orphan = await written.visit('2026-11-05', [9, 10], { decision: newEntryId(world) })
  const negative = await visit('2026-11-06', [10, 9])
  const one = await visit('2026-11-09', [9, 11])
  const two = await visit('2026-11-09', [10, 12])
  const longer = await visit('2026-11-10', [9, 9.5], {
    plannedEnd: toMoment(Date.parse('2026-11-10T09:00:00Z'))
  })
  for (const each of [negative, one, two, longer]) await written.note(each, { done: 'Tehty' })
  const { missing } = await read()
  expect(missing.map(({ code, visit: of }) => [code, of])).toEqual([
    ['no-decision', orphan],
    ['negative-visit', negative],
    ['overlapping-visits', one],
    ['overlapping-visits', two],
    ['unfinished-visit', planned],
    ['unsigned-note', unsigned],
    ['no-note', noNote],
    ['unexplained-difference', longer]
  ])
  expect(missing.every(({ worker: of }) => of === worker.id)).toBe(true)
  expect((await approve()).outcome).toBe('missing')
  expect((await approve(true)).outcome).toBe('approved')
})

test('§10 a month that is running is approved only by whoever says so', async () => {
  await twoVisits()
  await setClock('2026-11-30T21:59:00Z')
  expect((await read()).missing).toEqual([{ code: 'month-running' }])
  expect((await list()).lines[0]!.missing).toEqual([{ code: 'month-running' }])
  expect((await approve()).outcome).toBe('missing')
  world.clock.set('2026-11-30T22:00:00Z')
  expect((await read()).missing).toEqual([])
  world.clock.set('2026-11-30T21:59:00Z')
  expect((await approve(true)).outcome).toBe('approved')
})

test('§6 hours over the grant stop an approval until somebody has said why', async () => {
  for (const day of ['02', '03', '04', '05']) {
    const visit = await written.visit(`2026-11-${day}`, [9, 12], { decision: family.decision })
    await written.note(visit, { done: 'Tehty' })
  }
  const { missing, figures } = await read()
  expect(missing).toEqual([{ code: 'hours-over', decision: family.decision, count: 120 }])
  expect(figures.decisions[0]!.overruns).toEqual([
    { first: '2026-11-01', last: '2026-11-30', grantedMinutes: 600, usedMinutes: 720 }
  ])
  expect((await approve()).outcome).toBe('missing')
  const summary = newEntryId(world)
  expect((await write(summary, { overrun: 'Sovittu tilaajan kanssa 4.11.' })).status).toBe(200)
  expect((await approve()).outcome).toBe('approved')
})

test('§10 two organisers of one client get a summary each, and neither has the other’s hours', async () => {
  const { register, organisation } = world.parts.store
  const settings = await organisation.read()
  const known = settings.organisation!
  await organisation.write({
    ...known,
    organisers: [...known.organisers, { id: 'toinen-alue', name: 'Toinen hyvinvointialue' }]
  })
  const second = await written.decision({ organiser: 'toinen-alue', grantedMinutes: 300 })
  await twoVisits()
  const visit = await written.visit('2026-11-12', [9, 10], { decision: second })
  await written.note(visit, { observations: 'Toisen alueen käynti.' })
  const lines = (await list()).lines.map((line) => [line.organiser, line.monthMinutes])
  expect(lines).toEqual([
    ['mallikunta', 210],
    ['toinen-alue', 60]
  ])
  expect((await read('toinen-alue')).substance).toEqual({
    summary: '12.11.2026: Toisen alueen käynti.',
    notification: { isMade: false }
  })
  expect((await approve(false, 'toinen-alue')).number).toBe('toinen-alue-2026-0001')
  expect((await approve()).number).toBe('mallikunta-2026-0001')
  expect(await register.read(family.id, (reader) => reader.ofKind('summary'))).toHaveLength(2)
})

test('§10 an approved summary is numbered, locked and hashed; it is approved once', async () => {
  await twoVisits()
  const approved = await approve()
  expect(approved).toMatchObject({ outcome: 'approved', number: 'mallikunta-2026-0001' })
  expect(await approve()).toMatchObject({ outcome: 'already', number: 'mallikunta-2026-0001' })
  const { summary, based } = await read()
  expect(codeOf(await write(summary!, { based }))).toBe('conflict')
  expect(codeOf(await write(newEntryId(world), {}))).toBe('conflict')
  const entry = await world.parts.store.register.read(family.id, (reader) =>
    reader.entry('summary', summary!)
  )
  const { locked } = entry!.data
  expect(locked!.hash).toBe(createHash('sha256').update(locked!.text).digest('hex'))
  expect(summaryDocumentSchema.parse(JSON.parse(locked!.text))).toMatchObject({
    number: 'mallikunta-2026-0001',
    head: { organiser: 'Mallikunta', provider: 'Kotiapu Oy', approvedBy: 'Sirpa Koordinaattori' },
    workers: { [worker.id]: 'Aada Työntekijä' }
  })
})

test('§10 words that somebody wrote meanwhile are not locked by whoever has not seen them', async () => {
  await twoVisits()
  const summary = newEntryId(world)
  expect((await write(summary, {})).status).toBe(200)
  const { based } = await read()
  expect((await approve(false, 'mallikunta', null)).outcome).toBe('changed')
  expect((await write(summary, { based })).status).toBe(200)
  expect((await approve(true, 'mallikunta', based)).outcome).toBe('changed')
  expect((await read()).state).toBe('checked')
  const [line] = (await list()).lines
  expect((await approve(false, 'mallikunta', line!.based)).outcome).toBe('approved')
  expect((await approve(false, 'mallikunta', line!.based)).outcome).toBe('already')
})

test('§10 a visit corrected after approval raises an alarm, and changes nothing that was approved', async () => {
  const { first } = await twoVisits()
  await approve()
  const before = await read()
  expect(before.isChanged).toBe(false)
  await written.visit('2026-11-03', [9, 12], { id: first, decision: family.decision })
  const after = await read()
  expect(after).toMatchObject({ isChanged: true, figures: before.figures })
  expect((await list()).lines[0]).toMatchObject({ isChanged: true, monthMinutes: 210 })
  // Also while somebody looks at another month.
  await list('2026-10')
  const changedPath = '/api/office/summaries/changed'
  const changed = await office.ask('GET', changedPath)
  expect(bodyOf<ChangedSummaries>(changed).summaries).toEqual([
    { customership: family.id, name: 'Kuusinen Aino', organiser: 'mallikunta', month }
  ])

  const as = newEntryId(world)
  const correction = { summary: after.summary, as, reason: 'Käynnin aika korjattiin' }
  expect((await office.ask('POST', own('/correction'), correction)).status).toBe(201)
  // What the organiser was sent is wrong until the correction is approved.
  expect(await read()).toMatchObject({ isChanged: true, state: 'draft' })
  expect(bodyOf<ChangedSummaries>(await office.ask('GET', changedPath)).summaries).toHaveLength(1)
  expect(codeOf(await office.ask('POST', own('/correction'), correction))).toBe('conflict')
  expect((await approve()).number).toBe('mallikunta-2026-0002')
  const { versions, isChanged, figures } = await read()
  expect(isChanged).toBe(false)
  expect(figures.decisions[0]!.monthMinutes).toBe(300)
  expect(versions).toMatchObject([
    { version: 1, number: 'mallikunta-2026-0001', replaces: null },
    {
      version: 2,
      number: 'mallikunta-2026-0002',
      replaces: { number: 'mallikunta-2026-0001', reason: 'Käynnin aika korjattiin' }
    }
  ])
})

test.each<[what: string, change: Partial<Decision>]>([
  ['number', { number: 'P-2' }],
  ['first day', { from: '2026-11-02' as Day }],
  ['last day', { until: '2027-06-30' as Day }],
  ['hours', { grantedMinutes: 900 }],
  ['period', { grantedPer: 'total' }],
  ['funding', { funding: 'direct' }]
])('§10 so does a decision of which the %s was changed after approval', async (_what, change) => {
  await twoVisits()
  await approve()
  const { register } = world.parts.store
  const decision = await register.read(family.id, (one) => one.entry('decision', family.decision))
  const put = (data: Decision) =>
    register.transact((tx) =>
      tx.change(family.id, (one) => one.put('decision', family.decision, data, mainUser.id))
    )
  await put({ ...decision!.data, ...change })
  expect((await read()).isChanged).toBe(true)
  await put(decision!.data)
  expect((await read()).isChanged).toBe(false)
})

test('§10 and a note over which something was laid after approval', async () => {
  const visit = await written.visit('2026-11-03', [9, 10], { decision: family.decision })
  const note = await written.note(visit, { observations: 'Ensin' })
  const amend = (id: EntryId, observations: string) =>
    world.parts.store.register.transact((tx) => {
      // Written without a network before the approval, and delivered after it.
      const writtenAt = toMoment(Date.parse('2026-11-04T10:00:00Z'))
      const base = { visit, template: 'home-service', templateVersion: 1, author: worker.id }
      const amendment = { amends: note, reason: 'Puuttui', state: 'signed', signedAt: writtenAt }
      const data = { ...base, ...amendment, writtenAt, fields: { observations } }
      return tx.change(family.id, (one) => one.put('note', id, data as never, worker.id))
    })
  await amend(newEntryId(world), 'Ensin korjattu')
  world.clock.advance(60_000)
  await approve()
  expect((await read()).isChanged).toBe(false)
  world.clock.advance(60_000)
  await amend(newEntryId(world), 'Sitten korjattu')
  expect((await read()).isChanged).toBe(true)
})

test('§10 each desk gets the month that it asked for, an empty one included, however many ask at once', async () => {
  await twoVisits()
  const other = await written.visit('2026-10-30', [9, 10], { decision: family.decision })
  await written.note(other, { observations: 'Lokakuun havainto.' })
  const asked = [
    ...['2026-11', '2018-12', '2026-10', '2026-11', '2019-01', '2019-02'],
    ...['2019-03', '2026-11', '2018-12', '2026-10', '2019-04', '2026-11']
  ]
  const answers = await Promise.all(asked.map((of) => list(of)))
  const minutes: Record<string, number[]> = { '2026-11': [210], '2026-10': [60] }
  expect(answers.map(({ lines }) => lines.map((line) => line.monthMinutes))).toEqual(
    asked.map((of) => minutes[of] ?? [])
  )
  // And each of them stays true.
  await written.visit('2026-10-29', [9, 10], { decision: family.decision })
  expect((await list('2026-11')).lines[0]!.monthMinutes).toBe(210)
  expect((await list('2026-10')).lines[0]!.monthMinutes).toBe(120)
})

test('§10 §11 a delivery is an archive that only its passphrase opens, and each summary in it one line of the log', async () => {
  await twoVisits()
  await approve()
  const { summary } = await read()
  const { archive, done, lines } = await deliver(summary)
  expect(lines[0]).toMatchObject({ line: 'piece' })
  expect(lines).toContainEqual({ line: 'progress', done: 1, of: 1 })
  expect(done).toMatchObject({
    name: 'mallikunta-2026-11.zip',
    sha256: createHash('sha256').update(archive).digest('hex'),
    delivered: 1
  })
  await expect(unzip(archive, `${done!.passphrase}x`)).rejects.toThrow()
  const files = await unzip(archive, done!.passphrase)
  const name = 'mallikunta-2026-0001'
  expect([...files.keys()].toSorted()).toEqual(
    [
      'README.txt',
      `${name}.csv`,
      `${name}.json`,
      `${name}.pdf`,
      'mallikunta-2026-11.csv'
    ].toSorted()
  )
  const { versions, state } = await read()
  expect(state).toBe('delivered')
  const json = files.get(`${name}.json`)!.bytes
  expect(createHash('sha256').update(json).digest('hex')).toBe(versions[0]!.hash)

  const log = async () =>
    bodyOf<DisclosuresAnswer>(await office.ask('GET', '/api/office/disclosures')).lines
  expect(await log()).toMatchObject([
    {
      kind: 'summary',
      reference: name,
      recipient: 'mallikunta',
      channel: 'secure-mail',
      by: mainUser.id,
      content: 'whole',
      fingerprint: hashOf(
        ['pdf', 'csv', 'json'].map((kind) => files.get(`${name}.${kind}`)!.bytes)
      ),
      receipt: null
    }
  ])
  const receipt = { summaries: [{ customership: family.id, summary }], code: 'received' }
  const settled = await office.ask('POST', '/api/office/summaries/receipt', receipt)
  expect(settled.body).toEqual({ settled: 1 })
  expect(await log()).toMatchObject([{ receipt: { code: 'received' } }])
  expect((await read()).versions[0]!.deliveries).toMatchObject([
    { channel: 'secure-mail', receipt: { code: 'received' } }
  ])
})

test('§10 a delivery that is cut before its passphrase has come is none; an archive is made again, and is a line again', async () => {
  await twoVisits()
  await approve()
  const { summary } = await read()
  const log = async () =>
    bodyOf<DisclosuresAnswer>(await office.ask('GET', '/api/office/disclosures')).lines
  const cut = await world.answer('/api/office/summaries/delivery', {
    method: 'POST',
    headers: headersOf(office),
    body: JSON.stringify({
      ...{ organiser: 'mallikunta', month, channel: 'secure-mail', content: 'whole' },
      summaries: [{ customership: family.id, summary }]
    })
  })
  const reader = cut.body!.getReader()
  expect((await reader.read()).done).toBe(false)
  await reader.cancel()
  // Begun later, it is made later: what was cut would have been written down by now.
  expect((await deliver(summary)).done).toMatchObject({ delivered: 1 })
  expect(await log()).toHaveLength(1)
  expect((await read()).versions[0]!.deliveries).toHaveLength(1)

  const again = await deliver(summary, { channel: 'by-hand' })
  const files = await unzip(again.archive, again.done!.passphrase)
  expect([...files.keys()]).toContain('mallikunta-2026-0001.pdf')
  expect((await log()).map(({ channel }) => channel).toSorted()).toEqual(['by-hand', 'secure-mail'])
})

test('§10 a line says whether the hours left alone, and the organiser’s word settles what was sent last', async () => {
  await twoVisits()
  await approve()
  const { summary } = await read()
  await deliver(summary)
  world.clock.advance(60_000)
  const hours = await deliver(summary, { content: 'hours' })
  const files = await unzip(hours.archive, hours.done!.passphrase)
  const receipt = { summaries: [{ customership: family.id, summary }], code: 'received' }
  const settle = () => office.ask('POST', '/api/office/summaries/receipt', receipt)
  expect((await settle()).body).toEqual({ settled: 1 })
  expect((await settle()).body).toEqual({ settled: 0 })
  const { lines } = bodyOf<DisclosuresAnswer>(await office.ask('GET', '/api/office/disclosures'))
  const name = 'mallikunta-2026-0001'
  expect(lines).toMatchObject([
    {
      content: 'hours',
      fingerprint: hashOf(
        ['pdf', 'csv', 'json'].map((kind) => files.get(`${name}.${kind}`)!.bytes)
      ),
      receipt: { code: 'received' }
    },
    { content: 'whole', receipt: null }
  ])
  expect((await read()).versions[0]!.deliveries).toMatchObject([
    { content: 'whole' },
    { content: 'hours', receipt: { code: 'received' } }
  ])
  const uses = await world.parts.store.usage.of(family.id)
  const last = uses.filter(({ kind }) => kind === 'write' || kind === 'send').at(-1)
  expect(last).toMatchObject({ kind: 'write', user: mainUser.id, purpose: 'reporting' })
})

test('§10 what is not approved, of another month or of another organiser does not leave', async () => {
  await twoVisits()
  const draft = newEntryId(world)
  await write(draft, {})
  expect(codeOf((await deliver(draft)).answer)).toBe('conflict')
  await approve()
  const { summary } = await read()
  expect(codeOf((await deliver(summary, { month: '2026-10' })).answer)).toBe('conflict')
  expect(codeOf((await deliver(summary, { organiser: 'toinen-alue' })).answer)).toBe('conflict')
  expect((await read()).state).toBe('approved')
  const log = await office.ask('GET', '/api/office/disclosures')
  expect(bodyOf<DisclosuresAnswer>(log).lines).toEqual([])
})

test('§10 the paper is tagged, titled and whole; without its substance it tells the hours alone', async () => {
  await twoVisits()
  for (let day = 1; day <= 20; day += 1)
    await written.visit(`2026-11-${String(day).padStart(2, '0')}`, [13, 13.5], {
      decision: family.decision
    })
  await approve(true)
  const { summary } = await read()
  const name = 'mallikunta-2026-0001'
  const open = async (content: string) => {
    const { archive, done } = await deliver(summary, { content })
    return unzip(archive, done!.passphrase)
  }
  const whole = await open('whole')
  expect(faultsOfPdf(whole.get(`${name}.pdf`)!.bytes)).toEqual([])
  const pdf = await readPdf(whole.get(`${name}.pdf`)!.bytes)
  expect(pdf.title).toContain('Kuukausikooste')
  expect(pdf.title).not.toContain('Aino')
  expect(pdf.language).toBe('fi')
  expect(pdf.pages.length).toBeGreaterThan(1)
  expect(pdf.pages.flatMap(({ roles }) => roles)).toEqual(
    expect.arrayContaining(['H1', 'H2', 'Table', 'TH', 'TD'])
  )
  expect(pdf.pages.flatMap(({ pictures }) => pictures)).toEqual([
    'Palkkikaavio: myönnetty 10 h, käytetty 13,5 h, yli myönnetyn 3,5 h.'
  ])
  for (const text of [
    'Aino Kuusinen',
    'Mallikunta',
    '13,5 h',
    'Lapsi nukkui hyvin.',
    'Tehty 10.11.2026'
  ])
    expect(pdf.text).toContain(text)

  const hours = await open('hours')
  const told = [...hours.values()].map(({ bytes }) => bytes.toString('utf8')).join('')
  const alone = await readPdf(hours.get(`${name}.pdf`)!.bytes)
  expect(alone.text).toContain('13,5 h')
  for (const text of ['Lapsi nukkui', 'Leikki oli', 'Lastensuojeluilmoitus']) {
    expect(alone.text).not.toContain(text)
    expect(told).not.toContain(text)
  }
})

test('§10 a client who speaks Swedish has a Swedish paper; a name stands in it with every letter that there is', async () => {
  await twoVisits()
  const { register } = world.parts.store
  const said = (value: string) => ({
    value,
    ...{ source: 'client', by: mainUser.id, at: toMoment(world.clock.now()) }
  })
  await register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const profile = await change.entry('profile', family.profile)
      const told = { firstName: said('Áčžu-Đuđe Ŋiŧŋá Ǩeǯǧǥʒ ʼ Åsa 🦊'), language: said('sv') }
      await change.put(
        'profile',
        family.profile,
        { ...profile!.data, ...told } as never,
        mainUser.id
      )
    })
  )
  await approve()
  const { summary } = await read()
  const { archive, done } = await deliver(summary)
  const files = await unzip(archive, done!.passphrase)
  const pdf = await readPdf(files.get('mallikunta-2026-0001.pdf')!.bytes)
  expect(pdf.language).toBe('sv')
  expect(pdf.text).toContain('Månadssammandrag 11/2026')
  expect(pdf.text).toContain('Áčžu-Đuđe Ŋiŧŋá Ǩeǯǧǥʒ ʼ Åsa 🦊 Kuusinen')
  expect(pdf.text).not.toContain('¤')
})

test('SECURITY 17 no cell of the table runs, whoever a worker calls themselves', async () => {
  await twoVisits()
  const { users, register } = world.parts.store
  await users.change(worker.id, { displayName: '=HYPERLINK("http://paha.example")' })
  await register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const decision = await change.entry('decision', family.decision)
      await change.put(
        'decision',
        family.decision,
        { ...decision!.data, number: '+1-2' },
        mainUser.id
      )
    })
  )
  await approve()
  const { archive, done } = await deliver((await read()).summary)
  const files = await unzip(archive, done!.passphrase)
  const csv = files.get('mallikunta-2026-11.csv')!.bytes.toString('utf8')
  const cells = csv.slice(1).split(/\r\n|;/)
  expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([])
  expect(csv).toContain(`"'=HYPERLINK(""http://paha.example"")"`)
  expect(csv).toContain(`"'+1-2"`)
})

async function protect(street: string, access: string) {
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const profile = await change.entry('profile', family.profile)
      const stated = <T>(value: T) => ({ ...profile!.data.street!, value })
      const told = { street: stated(street), access: stated(access) }
      const data = { ...profile!.data, ...told, addressProtected: stated('yes' as const) }
      await change.put('profile', family.profile, data, mainUser.id)
    })
  )
}

test('§8 a protected address is in no summary, in whoever’s words it was', async () => {
  const visit = await written.visit('2026-11-03', [9, 10], { decision: family.decision })
  await written.note(visit, {
    observations: 'Lapsi haettiin Koivutie 7:stä, ovikoodi 1234, eikä koivutiellä satanut.'
  })
  await protect('Koivutie 7 B 12', 'Ovikoodi 1234')
  const { substance } = await read()
  expect(substance.summary).toBe('3.11.2026: Lapsi haettiin •••, •••, eikä ••• satanut.')
  const summary = newEntryId(world)
  for (const told of ['Asuu Koivutie 7:ssä', 'Koivutiellä käytiin', 'Ovella koodi 1234'])
    for (const fields of [
      { substance: { summary: told, notification: { isMade: false } } },
      { overrun: told }
    ]) {
      const refused = await write(summary, fields)
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('protected-address')
      expect(refused.text).not.toMatch(/koivutie|1234/i)
    }
  expect((await approve()).outcome).toBe('approved')
})

test('§8 nor in the reason of a correction, which leaves with it', async () => {
  await twoVisits()
  await protect('Koivutie 7 B 12', 'Ovikoodi 1234')
  await approve()
  const { summary } = await read()
  const correct = (reason: string) =>
    office.ask('POST', own('/correction'), { summary, as: newEntryId(world), reason })
  const refused = await correct('Käynti olikin Koivutiellä')
  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({
    issues: [{ path: ['reason'], code: 'protected-address' }]
  })
  expect((await correct('Käynti olikin muualla')).status).toBe(201)
})

test('§10 a month of more words than a summary holds is cut between its lines, and says so', async () => {
  const line = `${'sana '.repeat(1800)}Koivutie 7`
  for (const day of ['03', '04', '05']) {
    const visit = await written.visit(`2026-11-${day}`, [9, 10], { decision: family.decision })
    await written.note(visit, { observations: line })
  }
  await protect('Koivutie 7', 'Ovikoodi 1234')
  const { substance, missing } = await read()
  const lines = substance.summary!.split('\n')
  expect(lines.map((one) => one.slice(0, 15))).toEqual(['3.11.2026: sana', '4.11.2026: sana'])
  expect(lines.every((one) => one.endsWith('sana •••'))).toBe(true)
  expect(missing).toEqual([{ code: 'too-long' }])
  expect((await approve()).outcome).toBe('missing')
  const chosen = { summary: 'Tiivistetty.', notification: { isMade: false } }
  await write(newEntryId(world), { substance: chosen })
  expect((await approve()).outcome).toBe('approved')
})

test('§8 an address that the cut would split is masked before it', async () => {
  const before = 20_000 - '3.11.2026: '.length - 'Koivut'.length
  const visit = await written.visit('2026-11-03', [9, 10], { decision: family.decision })
  const words = 'sana '.repeat(4000).slice(0, before - 1)
  await written.note(visit, { observations: `${words} Koivutie` })
  await protect('Koivutie 7', 'Ovikoodi 1234')
  expect((await read()).substance.summary).not.toMatch(/koiv/i)
})

test('§8 what was approved does not leave with an address that is protected by now', async () => {
  await twoVisits()
  const summary = newEntryId(world)
  const told = { summary: 'Asuu Koivutie 7:ssä', notification: { isMade: false } }
  expect((await write(summary, { substance: told })).status).toBe(200)
  expect((await approve()).outcome).toBe('approved')
  await protectAddress()
  const { answer } = await deliver(summary)
  expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid'])
  expect(answer.text).toContain('protected-address')
  expect(answer.text).not.toContain('Koivutie')

  const as = newEntryId(world)
  const correction = { summary, as, reason: 'Osoite pois' }
  expect((await office.ask('POST', own('/correction'), correction)).status).toBe(201)
  const { based } = await read()
  expect((await write(as, { based })).status).toBe(200)
  expect((await approve()).outcome).toBe('approved')
  expect((await deliver(as)).done).toMatchObject({ delivered: 1 })
})

test('§10 a version that was replaced does not leave, and one that is only being corrected does', async () => {
  await twoVisits()
  await approve()
  const { summary } = await read()
  const as = newEntryId(world)
  const correction = { summary, as, reason: 'Käynnin aika' }
  expect((await office.ask('POST', own('/correction'), correction)).status).toBe(201)
  expect((await deliver(summary)).done).toMatchObject({ delivered: 1 })
  await approve()
  expect(codeOf((await deliver(summary)).answer)).toBe('conflict')
  expect((await deliver(as)).done).toMatchObject({ delivered: 1 })
})

test('§8 a personal identity code is not kept in a summary', async () => {
  const refused = await write(newEntryId(world), {
    substance: { summary: 'Lapsi 010516B903X oli kotona', notification: { isMade: false } }
  })
  expect(codeOf(refused)).toBe('identity-code')
})

test('§7 a customership that ended in the middle of its month is reported, and its summaries go with it', async () => {
  await twoVisits()
  await setClock('2026-11-22T10:00:00Z')
  await family.end('2026-11-22' as never)
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.setState('closed'))
  )
  expect((await list()).lines).toMatchObject([{ monthMinutes: 210, state: 'draft' }])
  // Of its last day something may come still.
  expect((await approve()).outcome).toBe('missing')
  await setClock('2026-11-23T07:00:00Z')
  expect((await approve()).outcome).toBe('approved')
  const { summary } = await read()
  expect((await deliver(summary)).done).toMatchObject({ delivered: 1 })

  const { register, files } = world.parts.store
  const kept = () =>
    files.register.sql
      .selectFrom('entries')
      .select('id')
      .where('customership', '=', family.id)
      .execute()
  const words = async () =>
    JSON.stringify(await register.read(family.id, (reader) => reader.ofKind('summary')))
  expect(await words()).toContain('Lapsi nukkui hyvin.')
  expect((await kept()).map(({ id }) => id)).toContain(summary)
  await family.settle()
  world.clock.advance(100 * 86_400_000)
  await doDaily(world.parts)
  office = await world.signedIn(mainUser)
  expect(await words()).toBe('null')
  expect(await kept()).toEqual([])
  for (const more of ['', '/pdf'])
    expect((await office.ask('GET', own(more + query()))).status).toBe(404)
  expect((await list()).lines).toEqual([])
  const left = await office.ask('GET', '/api/office/disclosures?kind=summary')
  expect(bodyOf<DisclosuresAnswer>(left).lines).toMatchObject([{ isDeleted: true }])
  for (const word of ['Lapsi nukkui', 'Aino', 'Kuusinen']) expect(left.text).not.toContain(word)
})

test('what a tablet has not delivered is told of its worker, and of nobody else', async () => {
  await twoVisits()
  const { devices } = world.parts.store
  const before = await list()
  expect(before.undelivered).toEqual([])
  const { device } = await WireTablet.enrol(world, worker)
  await devices.contact(device, {
    at: world.clock.now(),
    outbox: { last: 3, waiting: [2, 3] }
  })
  const { lines, undelivered } = await list()
  expect(undelivered).toEqual([{ worker: worker.id, count: 3 }])
  expect(lines[0]!.missing).toEqual([{ code: 'undelivered', worker: worker.id, count: 3 }])
})

test('§7 §10 an ending waits for the summary of each month with visits, and of its last; delivered, or let pass with a word', async () => {
  const { decision } = family
  const { first } = await twoVisits()
  const earlier = await written.visit('2026-10-30', [9, 10], { decision })
  await written.note(earlier, { observations: 'Lokakuun havainto.' })
  const ending = async () => {
    const answer = await office.ask('GET', `/api/office/customerships/${family.id}/ending`)
    return endingAnswerSchema.parse(answer.body)
  }
  const waiting = async () => {
    const { unsent, open } = await ending()
    const count = open.find(({ code }) => code === 'last-summary')?.count ?? 0
    return [unsent.map(({ month: of }) => of), count]
  }
  expect((await family.end('2026-11-30' as Day)).status).toBe(200)
  expect(await waiting()).toEqual([['2026-10', '2026-11'], 2])

  expect((await approve()).outcome).toBe('approved')
  expect(await waiting()).toEqual([['2026-10', '2026-11'], 2])
  await deliver((await read()).summary)
  expect(await waiting()).toEqual([['2026-10'], 1])

  const word = { act: 'tick', item: 'last-summary', how: 'Toimitettu ennen käyttöönottoa' }
  expect((await family.post('ending/acts', word)).status).toBe(200)
  expect(await waiting()).toEqual([['2026-10'], 0])

  // What is corrected after it was told is still to be told as it is.
  world.clock.advance(60_000)
  const corrected = await world.parts.store.register.transact((tx) =>
    tx.change(
      family.id,
      async (change) => {
        const visit = await change.entry('visit', first)
        const later = toMoment(Date.parse('2026-11-03T10:00:00Z'))
        await change.put('visit', first, { ...visit!.data, endedAt: later }, worker.id)
      },
      { alsoClosed: true }
    )
  )
  expect(corrected).toHaveProperty('value')
  expect(await waiting()).toEqual([['2026-10', '2026-11'], 1])
})
