import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import type { DisclosuresAnswer } from '#contract/disclosure.ts'
import { officeKinds } from '#contract/entry-kind.ts'
import type { EntryId } from '#contract/id.ts'
import type { PackageAnswer } from '#contract/return-package.ts'
import { doDaily } from '#server/jobs/daily.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import type { User } from '#server/store/users.ts'
import { Canaries } from '#tests/support/canaries.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { faultsOfPdf } from '#tests/support/pdf-faults.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

const dayMilliseconds = 86_400_000

let world: World
let mainUser: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
})
afterEach(() => world.close())

const read = async (query = '', client = office): Promise<DisclosuresAnswer> =>
  bodyOf<DisclosuresAnswer>(await client.ask('GET', `/api/office/disclosures${query}`))

async function fetchBytes(address: string): Promise<Buffer> {
  const { status, bytes } = await office.fetch(address)
  expect(status).toBe(200)
  return bytes
}

const address = (more: string) => `/api/office/customerships/${family.id}/${more}`

async function makePackage(): Promise<NonNullable<PackageAnswer['package']>> {
  await family.end(addDays(dayAt(world.clock.now()), 3))
  const made = await office.ask('POST', address('package'), { language: 'fi' })
  expect(made.status, made.text).toBe(201)
  return bodyOf<PackageAnswer>(made).package!
}

const receive = () =>
  office.ask('POST', address('ending/acts'), {
    act: 'receipt',
    from: 'Mallikunta',
    receivedOn: dayAt(world.clock.now()),
    how: 'Turvapostin kuittaus'
  })

const line = (at: number) => ({
  customership: family.id,
  by: mainUser.id,
  kind: 'summary' as const,
  reference: `KK-${at}`,
  recipient: 'mallikunta',
  channel: 'secure-mail' as const,
  ground: 'client-records-act' as const,
  fingerprint: null
})

test('§10 a return package is one line from when it is fetched, with its hash, and its receipt follows', async () => {
  const made = await makePackage()
  expect((await read()).lines).toEqual([])
  const archive = await fetchBytes(address('package/archive'))
  await fetchBytes(address('package/record'))
  await fetchBytes(address('package/archive'))
  const [only, ...others] = (await read()).lines
  expect(others).toEqual([])
  expect(only).toMatchObject({
    customership: family.id,
    kind: 'return-package',
    reference: made.number,
    recipient: 'mallikunta',
    recipientName: 'Mallikunta',
    byName: 'Sirpa Koordinaattori',
    ground: 'client-records-act',
    fingerprint: createHash('sha256').update(archive).digest('hex'),
    receipt: null,
    isDeleted: false
  })
  expect((await receive()).status).toBe(200)
  expect((await read()).lines).toMatchObject([{ id: only!.id, receipt: { code: 'received' } }])
})

test('§10 a package that is fetched says to whom it goes and which way, and another way is another line', async () => {
  await makePackage()
  const line = { kind: 'return-package', recipient: 'mallikunta' }
  await fetchBytes(address('package/record?channel=portal&recipient=mallikunta'))
  await fetchBytes(address('package/archive?channel=portal&recipient=mallikunta'))
  expect((await read()).lines).toMatchObject([{ ...line, channel: 'portal' }])
  await fetchBytes(address('package/archive'))
  expect((await read()).lines).toHaveLength(1)
  world.clock.advance(1)
  await fetchBytes(address('package/archive?channel=by-hand&recipient=mallikunta'))
  expect((await read()).lines).toMatchObject([
    { ...line, channel: 'by-hand', receipt: null },
    { ...line, channel: 'portal' }
  ])
  const refused = (query: string) => office.ask('GET', address(`package/archive?${query}`))
  expect((await refused('recipient=vieras&channel=post')).body).toMatchObject({
    issues: [{ path: ['recipient'], code: 'unknown' }]
  })
  expect(codeOf(await refused('channel=kyyhky'))).toBe('invalid')
  expect(codeOf(await refused('to=mallikunta'))).toBe('unknown-property')
  expect((await read()).lines).toHaveLength(2)
})

test('§10 what was handed over without a package of ours is a line too', async () => {
  await family.end(addDays(dayAt(world.clock.now()), 3))
  expect((await receive()).status).toBe(200)
  expect((await read()).lines).toMatchObject([
    { kind: 'return-package', reference: null, fingerprint: null, receipt: { code: 'received' } }
  ])
})

test('§10 the line outlives the client, and tells of nobody then', async () => {
  await recordDisclosure(world.parts.store, world.clock, line(1))
  expect((await read()).lines[0]).toMatchObject({ clientName: 'Aino Kuusinen', isDeleted: false })
  await family.end(dayAt(world.clock.now()))
  await family.settle()
  world.clock.advance(100 * dayMilliseconds)
  await doDaily(world.parts)
  office = await world.signedIn(mainUser)
  expect((await read('?kind=summary')).lines[0]).toMatchObject({
    customership: family.id,
    clientName: null,
    isDeleted: true
  })
})

test('§10 the log is searched by month, kind, organiser and client, and read page by page without a gap', async () => {
  const other = await Family.open(world, office)
  const { store } = world.parts
  await recordDisclosure(store, world.clock, {
    ...line(0),
    customership: other.id,
    kind: 'transfer'
  })
  for (let at = 1; at <= 120; at += 1) await recordDisclosure(store, world.clock, line(at))
  world.clock.advance(40 * dayMilliseconds)
  office = await world.signedIn(mainUser)
  await recordDisclosure(store, world.clock, { ...line(200), recipient: 'toinen-kunta' })

  const month = dayAt(world.clock.now()).slice(0, 7)
  const references = async (query: string) =>
    (await read(query)).lines.map(({ reference }) => reference)
  expect(await references(`?month=${month}`)).toEqual(['KK-200'])
  expect(await references('?kind=transfer')).toEqual(['KK-0'])
  expect(await references('?recipient=toinen-kunta')).toEqual(['KK-200'])
  expect(await references(`?customership=${other.id}`)).toEqual(['KK-0'])

  const seen: string[] = []
  let next: string | null = null
  do {
    const page: DisclosuresAnswer = await read(next ? `?before=${next}` : '')
    seen.push(...page.lines.map(({ reference }) => reference!))
    next = page.next
  } while (next)
  expect(seen).toHaveLength(122)
  expect(new Set(seen).size).toBe(122)
  expect(codeOf(await office.ask('GET', '/api/office/disclosures?what=all'))).toBe(
    'unknown-property'
  )
})

test('§12 who only oversees reads what left, and no client’s name', async () => {
  await recordDisclosure(world.parts.store, world.clock, line(1))
  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  const lines = (await read('', await world.signedIn(overseer))).lines
  expect(lines).toMatchObject([{ reference: 'KK-1', clientName: null, isDeleted: false }])
})

test('§13 a client is given the disclosures of their own data on paper, and the print is logged', async () => {
  const other = await Family.open(world, office)
  await recordDisclosure(world.parts.store, world.clock, line(1))
  await recordDisclosure(world.parts.store, world.clock, { ...line(2), customership: other.id })
  const bytes = await fetchBytes(address('disclosures/pdf?lang=sv'))
  expect(faultsOfPdf(bytes)).toEqual([])
  const paper = await readPdf(bytes)
  expect(paper.text).toContain('Månadssammandrag')
  expect(paper.text).toContain('KK-1')
  expect(paper.text).not.toContain('KK-2')
  expect(paper.title).not.toContain('Aino')
  const uses = await world.parts.store.usage.of(family.id)
  expect(uses.at(-1)).toMatchObject({ kind: 'print', purpose: 'client-rights', user: mainUser.id })
})

/** Whether a disclosure and a use of today are still there after so many years. */
async function leftAfter(years: number): Promise<readonly number[]> {
  const { store } = world.parts
  const of = async (at: number) =>
    (await store.usage.of(family.id)).filter((use) => use.at <= at).length
  const begun = world.clock.now()
  await recordDisclosure(store, world.clock, line(1))
  expect(await of(begun)).toBeGreaterThan(0)
  world.clock.advance(365.25 * years * dayMilliseconds)
  await doDaily(world.parts)
  return [(await store.disclosures.list({}, 10)).length, Math.min(1, await of(begun))]
}

const putLogYears = async (logYears: number) => {
  const { revision: based } = await world.parts.store.organisation.read()
  const policy = { based, deleteAfterDays: 60, lapseDays: 30, warned: [], logYears }
  return office.ask('PUT', '/api/office/organisation/policy', policy)
}

test.each([
  [11, [1, 1]],
  [13, [0, 0]]
])('§7 the logs are kept for twelve years, as 703/2023 says: after %i', async (years, left) => {
  expect(await leftAfter(years)).toEqual(left)
})

test.each([
  [13, [1, 1]],
  [15, [0, 0]]
])('§7 the logs are kept as long as the organisation says, after %i of 14', async (years, left) => {
  expect(codeOf(await putLogYears(11))).toBe('invalid')
  expect((await putLogYears(14)).status).toBe(200)
  expect(await leftAfter(years)).toEqual(left)
})

/** One of each kind that the office makes, in the family's customership. */
async function makeOfficeEntries(): Promise<EntryId[]> {
  const canaries = new Canaries()
  const ids = officeKinds.map(() => newEntryId(world))
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      for (const [index, kind] of officeKinds.entries())
        await change.put(kind, ids[index]!, canaries.of(kind), mainUser.id)
    })
  )
  return ids
}

test('§10 no tablet is sent what the office makes to send away, nor told that it is gone', async () => {
  const worker = await world.user({ role: 'main-user' })
  await family.assign(worker.id, { tasks: ['care', 'administration', 'documents', 'reporting'] })
  const tablet = await WireTablet.enrol(world, worker)
  const ids = await makeOfficeEntries()
  await tablet.pull()
  const first = tablet.held.get(family.id)!
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.remove(ids[0]!, mainUser.id))
  )
  const answer = await tablet.askPull()
  await tablet.pull()
  const held = tablet.held.get(family.id)!
  expect(held.revision).toBeGreaterThan(first.revision)
  for (const id of ids) {
    expect(held.entries.has(id)).toBe(false)
    expect(answer.text).not.toContain(id)
  }
})

test('§10 an operation that names what the office made changes nothing of it', async () => {
  const worker = await world.user({ role: 'worker' })
  await family.assign(worker.id)
  const visit = await family.plan(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  const [summary] = await makeOfficeEntries()
  const read = () => world.parts.store.register.read(family.id, (reader) => reader.officeEntries())
  const before = await read()
  for (const op of ['note.draft', 'note.sign']) {
    const body = { note: summary, visit, template: 'home-service', templateVersion: 1 }
    const result = await tablet.do({
      op,
      customership: family.id,
      body: { ...body, fields: { done: 'Ei kuulu tähän' } }
    })
    expect(result.outcome).not.toBe('applied')
  }
  const made = { op: 'summary.approve', customership: family.id, body: { summary } }
  expect(await tablet.do(made)).toMatchObject({ outcome: 'retry', code: 'newer-than-server' })
  expect(await read()).toEqual(before)
})
