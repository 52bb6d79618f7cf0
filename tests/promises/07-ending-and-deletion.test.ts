import { createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment, type Day } from '#contract/day.ts'
import { certificateText, entriesIn, type Certificate } from '#contract/certificate.ts'
import { deletionAnswerSchema, endingAnswerSchema, endingsAnswerSchema } from '#contract/ending.ts'
import type { User } from '#server/store/users.ts'
import { registerMap, searchMap } from '#server/store/deletion-map.ts'
import { commitDeletion, deletionSteps } from '#server/ending/delete-customership.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family
let other: Family
let tablet: WireTablet

const day = 86_400_000
const today = (): Day => dayAt(world.clock.now())
const said = 'Aino kertoi paivakodista'

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  tablet = await WireTablet.enrol(world, worker)
  family = await withLife('Haapalainen')
  other = await withLife('Lehtinen')
})
afterEach(() => world.close())

/** A family with a visit, a signed note and a held operation, on the worker's tablet. */
async function withLife(lastName: string): Promise<Family> {
  const made = await Family.open(world, office, lastName)
  await made.assign(worker.id)
  await tablet.pull()
  const visit = await made.plan(worker.id)
  const customership = made.id
  await tablet.do({ op: 'visit.record', customership, body: made.visit(visit) })
  const fields = { tasks: ['meals'], done: `${said} ${lastName}` }
  const body = made.note(newEntryId(world), visit, fields)
  await tablet.do({ op: 'note.sign', customership, body })
  await tablet.pull()
  return made
}

/** Sessions lapse while days pass. */
async function pass(days: number): Promise<void> {
  world.clock.advance(days * day)
  for (const [client, user] of [
    [office, mainUser],
    [tablet.client, worker]
  ] as const) {
    const { cookies } = await world.signedIn(user)
    client.cookies.set('session', cookies.get('session') ?? '')
  }
}

const ask = (what: 'ending' | 'deletion', method = 'GET') =>
  office.ask(method, `/api/office/customerships/${family.id}/${what}`)

async function deleteNow(): Promise<Certificate> {
  // Asked again it is gone, and answers what it answered.
  if (await world.parts.store.register.find(family.id)) await family.settle()
  const answer = await ask('deletion', 'POST')
  expect(answer.status).toBe(200)
  return deletionAnswerSchema.parse(answer.body).certificate
}

type Rows = Record<string, string[]>

/** Every row of every table. */
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

const without = (rows: Rows, left: Rows): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([table, lines]) => [
      table,
      lines.filter((line) => !left[table]?.includes(line))
    ])
  )

test('§7 the end date reaches the tablet with the data, and can be moved until it is past', async () => {
  expect((await family.end(addDays(today(), -31))).status).toBe(422)
  const answer = await family.end(addDays(today(), 10))
  expect(endingAnswerSchema.parse(answer.body)).toMatchObject({
    state: 'ending',
    endDay: addDays(today(), 10),
    deleteBy: addDays(today(), 70)
  })
  await family.end(addDays(today(), 5))
  await tablet.pull()
  expect(tablet.held.get(family.id)?.purgeAfter).toBe(addDays(today(), 5))
})

test('§7 a customership that no decision carries any more ends by itself, though nobody acts', async () => {
  const lastDay = addDays(today(), 300)
  world.clock.advance(instantOf(addDays(lastDay, 30)) - world.clock.now())
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toMatchObject({ state: 'active' })
  world.clock.advance(day)
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toMatchObject({
    state: 'closed',
    endDay: addDays(lastDay, 30),
    endReason: 'decision-lapsed',
    deleteBy: addDays(lastDay, 90)
  })
  await pass(0)
  await tablet.pull()
  expect(tablet.held.has(family.id)).toBe(false)
})

test('§7 the first run of a new day turns the epoch of the keys, once', async () => {
  const { keyStore } = world.parts
  const begun = keyStore.epochBegunAt
  await world.app.jobs.runDue()
  expect(keyStore.epochBegunAt).toBe(begun)
  world.clock.advance(day)
  await world.app.jobs.runDue()
  expect(keyStore.epochBegunAt).toBe(world.clock.now())
  await pass(0)
  expect((await ask('ending')).status).toBe(200)
})

test('§7 a service that has already ended goes from the tablet at its next contact', async () => {
  await tablet.pull()
  const answer = await family.end(addDays(today(), -1))
  expect(endingAnswerSchema.parse(answer.body)).toMatchObject({
    state: 'closed',
    endDay: addDays(today(), -1),
    deleteBy: addDays(today(), 59)
  })
  const [first] = await tablet.pull()
  expect(first).toEqual({ frame: 'purge', customership: family.id })
  expect([...tablet.held.keys()]).toEqual([other.id])
})

test('§7 after its last day it is off the tablets and closed, and what still comes awaits a decision', async () => {
  await family.end(today())
  await tablet.pull()
  const visit = newEntryId(world)
  const late = tablet.write({
    op: 'visit.record',
    customership: family.id,
    body: family.visit(visit)
  })
  await pass(1)
  await tablet.pull()
  expect([...tablet.held.keys()]).toEqual([other.id])
  await world.app.jobs.runDue()
  expect(await ask('ending').then(({ body }) => body)).toMatchObject({ state: 'closed' })
  expect((await family.end(addDays(today(), 5))).status).toBe(409)
  expect(codeOf(await family.post('visits', {}))).toBe('invalid')
  expect(await tablet.push([late])).toMatchObject([
    { outcome: 'awaiting-decision', code: 'customership-closed' }
  ])
})

test('§7 it is not deleted early while anything is open, and what is open is named', async () => {
  const open = async () => endingAnswerSchema.parse((await ask('ending')).body).open
  const refused = async () => {
    const answer = await ask('deletion', 'POST')
    expect([answer.status, codeOf(answer)]).toEqual([409, 'something-open'])
  }
  await refused()
  const unsettled = [
    { code: 'last-summary', count: 1 },
    { code: 'portal-events', count: 1 },
    { code: 'hand-over', count: 1 }
  ]
  expect(await open()).toEqual([{ code: 'end-day-not-past', count: 1 }, ...unsettled])
  const visit = newEntryId(world)
  const started = family.visit(visit, { state: 'started' })
  await tablet.do({ op: 'visit.record', customership: family.id, body: started })
  const note = family.note(newEntryId(world), visit, { done: said })
  await tablet.do({ op: 'note.draft', customership: family.id, body: note })
  const lost = family.note(newEntryId(world), newEntryId(world), { done: said })
  await tablet.do({ op: 'note.draft', customership: family.id, body: lost })
  tablet.write({ op: 'note.draft', customership: family.id, body: note })
  await tablet.pull()
  await family.end(today())
  await pass(1)
  await refused()
  expect(await open()).toEqual([
    { code: 'tablet-waits', count: 1 },
    { code: 'awaiting-decision', count: 1 },
    { code: 'visit-running', count: 1 },
    { code: 'note-unsigned', count: 1 },
    ...unsettled
  ])
  expect(
    endingsAnswerSchema.parse((await office.ask('GET', '/api/office/endings')).body)
  ).toMatchObject({
    endings: [{ id: family.id, lastName: 'Haapalainen', devices: 1 }],
    certificates: []
  })
})

test('§7 deleting takes exactly that customership from every table, file and key', async () => {
  await family.end(today())
  await pass(1)
  await tablet.pull()
  await tablet.pull()
  await family.settle()
  const before = await wholeStore()
  const sealed = before['entries']?.map((line) => JSON.parse(line) as Record<string, string>) ?? []
  const certificate = deletionAnswerSchema.parse((await ask('deletion', 'POST')).body).certificate
  await world.app.jobs.runDue()
  const after = await wholeStore()

  const gone = without(before, after)
  for (const lines of Object.values(gone))
    for (const line of lines) expect(line).toContain(family.id)
  const came = without(after, before)
  expect(
    Object.entries(came)
      .filter(([, lines]) => lines.length > 0)
      .map(([table]) => table)
      .sort()
  ).toEqual(['certificates', 'checkpoints', 'tallies', 'trail', 'uses'])
  // What of the trail came since names nobody: hashes only.
  for (const line of [...(came['trail'] ?? []), ...(came['checkpoints'] ?? [])])
    for (const id of [family.id, worker.id]) expect(line).not.toContain(id)
  for (const line of came['tallies'] ?? [])
    for (const id of [family.id, worker.id]) expect(line).not.toContain(id)
  for (const [table, { fate }] of Object.entries({ ...registerMap, ...searchMap }))
    if (fate.startsWith('erased'))
      expect(after[table]?.filter((line) => line.includes(family.id))).toEqual([])

  expect(world.parts.keyStore.holdsDataKey(family.id)).toBe(false)
  expect(world.parts.keyStore.holdsDataKey(other.id)).toBe(true)
  const own = sealed.filter(({ customership }) => customership === family.id)
  expect(own.length).toBeGreaterThan(4)
  for (const file of filesOf(world.folder)) {
    const bytes = readFileSync(file)
    for (const { sealed: text = '' } of own)
      if (text !== '') expect(bytes.includes(Buffer.from(text, 'hex'))).toBe(false)
    for (const plain of [said, 'Haapalainen', 'Koivutie']) expect(bytes.includes(plain)).toBe(false)
  }
  expect(entriesIn(certificate)).toBe(own.length)
  expect(certificate.checks.every(({ left }) => left === 0)).toBe(true)

  const read = await office.ask('GET', `/api/office/customerships/${other.id}?purpose=organising`)
  expect(read.text).toContain(`${said} Lehtinen`)
  expect((await office.ask('GET', `/api/office/customerships/${family.id}`)).status).toBe(404)
  const search = { query: 'haapa' }
  const found = await office.ask('POST', '/api/office/customerships/search', search)
  expect(found.body).toEqual({ total: 0, customerships: [] })
})

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

test('§7 the certificate is signed, names no person and is answered again', async () => {
  await family.end(today())
  await pass(1)
  const certificate = await deleteNow()
  expect(certificate.number).toMatch(/^KK-2026-\d{6}$/)
  expect(certificate).toMatchObject({
    cause: 'asked',
    role: 'main-user',
    customership: family.id
  })
  const key = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: certificate.key }
  })
  const holds = (one: Certificate) =>
    verify(null, Buffer.from(certificateText(one)), key, Buffer.from(one.sig, 'base64url'))
  expect(holds(certificate)).toBe(true)
  expect(holds({ ...certificate, cause: 'deadline' })).toBe(false)
  for (const person of ['Haapalainen', 'Aino', mainUser.displayName, worker.displayName])
    expect(JSON.stringify(certificate)).not.toContain(person)
  for (const { id, username } of [mainUser, worker])
    for (const name of [id, username]) expect(JSON.stringify(certificate)).not.toContain(name)
  expect((await deleteNow()).number).toBe(certificate.number)
})

test('§7 a tablet that has not confirmed is told as pending, then as gone or as a lease that ended', async () => {
  await family.end(today())
  await pass(1)
  const waiting = { device: tablet.device, state: 'pending', at: null }
  expect((await deleteNow()).devices).toEqual([waiting])
  await tablet.pull()
  expect([...tablet.held.keys()]).toEqual([other.id])
  await tablet.pull()
  const certificates = async () =>
    endingsAnswerSchema.parse((await office.ask('GET', '/api/office/endings')).body).certificates
  expect((await certificates())[0]?.devices).toEqual([
    { ...waiting, state: 'purged', at: toMoment(world.clock.now()) }
  ])

  family = other
  await family.end(today())
  await pass(1)
  await deleteNow()
  await pass(8)
  await world.app.jobs.runDue()
  expect((await certificates())[0]?.devices).toEqual([{ ...waiting, state: 'lease-ended' }])
})

test('§7 at its deadline the server deletes by itself, whatever is open', async () => {
  const visit = newEntryId(world)
  const started = family.visit(visit, { state: 'started' })
  await tablet.do({ op: 'visit.record', customership: family.id, body: started })
  await family.end(today())
  await family.settle()
  const deleteBy = addDays(today(), 60)
  world.clock.set(instantOf(deleteBy) - 1)
  await world.app.jobs.runDue()
  expect(await world.parts.store.certificates.list()).toEqual([])
  world.clock.set(instantOf(deleteBy))
  await world.app.jobs.runDue()
  expect(await world.parts.store.certificates.list()).toMatchObject([
    { cause: 'deadline', role: null, customership: family.id }
  ])
  expect(world.parts.keyStore.holdsDataKey(family.id)).toBe(false)
})

test('§7 what comes for a deleted customership is discarded, repeats and held ones included', async () => {
  const lost = family.note(newEntryId(world), newEntryId(world), { done: said })
  const doing = { op: 'note.draft', customership: family.id, body: lost }
  const repeated = tablet.write(doing)
  await tablet.push([repeated])
  const waiting = tablet.write(doing)
  const another = { payload: { author: mainUser.id } }
  const refused = tablet.write({ ...doing, ...another })
  await tablet.push([refused])
  await family.end(today())
  await family.settle()
  await pass(60)
  await world.app.jobs.runDue()
  const discarded = { outcome: 'discarded', code: 'customership-deleted' }
  const { results } = await tablet.deliver([repeated, waiting])
  expect(results).toMatchObject([discarded, discarded])
  expect((await tablet.deliver([refused])).results).toMatchObject([
    { outcome: 'refused', code: 'not-author', again: true }
  ])
  expect(tablet.awaiting.has(repeated.id)).toBe(true)
  const frames = await tablet.pull()
  expect(frames).toContainEqual({ frame: 'outcome', id: repeated.id, ...discarded })
  const again = family.opening('Haapalainen')
  expect((await office.ask('POST', '/api/office/customerships', again)).status).toBe(409)
})

test('§7 a deletion that is cut after any step is finished at the next start', async () => {
  await family.end(today())
  await pass(1)
  const steps = deletionSteps(world.parts, await planned(family))
  for (let done = 0; done <= steps.length; done += 1) {
    const one = await withLife(`Perhe-${done}`)
    await one.end(today())
    await pass(1)
    const plan = await planned(one)
    for (const step of deletionSteps(world.parts, plan).slice(0, done)) await step()
    expect((await office.ask('GET', `/api/office/customerships/${one.id}`)).status).toBe(404)
    const late = { op: 'visit.record', customership: one.id, body: one.visit(newEntryId(world)) }
    expect(await tablet.do(late)).toMatchObject({ outcome: 'discarded' })

    await world.stop()
    await world.start()
    await world.app.jobs.runDue()
    const certificate = await world.parts.store.certificates.find(one.id)
    expect(certificate).toMatchObject({
      number: plan.number,
      kinds: plan.kinds,
      scan: { found: 0 }
    })
    expect(certificate?.devices).toEqual([{ device: tablet.device, state: 'pending', at: null }])
    const rows = await wholeStore()
    for (const [table, { fate }] of Object.entries({ ...registerMap, ...searchMap }))
      if (fate === 'erased')
        expect(rows[table]?.filter((line) => line.includes(one.id))).toEqual([])
    expect(await world.parts.store.deletions.open()).toEqual([])
  }
})

async function planned(one: Family) {
  const plan = await world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, one.id, 'asked', mainUser.id)
  )
  if (!plan) throw new Error('there is nothing to delete')
  return plan
}
