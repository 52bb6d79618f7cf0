import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, toMoment, type Day } from '#contract/day.ts'
import { daySheetSchema } from '#contract/day-sheet.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import { actsAnswerSchema } from '#contract/log.ts'
import { situationSchema, type Situation } from '#contract/office.ts'
import { destructionSchema, openPrintsSchema, type OpenPrint } from '#contract/print.ts'
import { restore } from '#server/backups/restore.ts'
import { takeBackup } from '#server/backups/take-backup.ts'
import { readConfig } from '#server/config.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

const minute = 60_000
const dayLength = 86_400_000

let world: World
let mainUser: User
let office: Client
let worker: User
let family: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker', displayName: 'Helmi' })
  family = await Family.open(world, office, 'Salaoja')
  await family.assign(worker.id)
  await family.plan(worker.id)
})
afterEach(() => world.close())

/** Days later the same person is signed in anew. */
async function pass(days: number): Promise<void> {
  world.clock.advance(days * dayLength)
  await world.app.jobs.runDue()
  const { cookies } = await world.signedIn(mainUser)
  office.cookies.set('session', cookies.get('session') ?? '')
}

const today = () => dayAt(world.clock.now())

async function printAtOffice(day = today()): Promise<void> {
  const answer = await office.ask('POST', '/api/office/week/day-sheet', { worker: worker.id, day })
  expect(daySheetSchema.parse(answer.body).visits).toHaveLength(1)
}

async function openOf(client: Client, path = '/api/prints'): Promise<OpenPrint[]> {
  const answer = await client.ask('GET', path)
  expect(answer.status, answer.text).toBe(200)
  return openPrintsSchema.parse(answer.body).prints
}
const openOfUser = (user: UserId) => openOf(office, `/api/office/users/${user}/prints`)

async function onlyOne(client: Client): Promise<OpenPrint> {
  const [print, ...others] = await openOf(client)
  expect(others).toEqual([])
  if (!print) throw new Error('no print')
  return print
}

const destroy = (client: Client, { id }: OpenPrint) =>
  client.ask('POST', `/api/prints/${id}/destruction`)

async function latePrints(): Promise<Situation['prints']> {
  return situationSchema.parse((await office.ask('GET', '/api/office/situation')).body).prints
}

const partsIn = () => {
  const config = readConfig({ ...world.env, KOTIKAYNTI_BACKUPS: join(world.folder, 'backups') })
  return { config, clock: world.clock, rootKey: loadRootKey(config.rootKey, config.keysFolder) }
}

const destructions = async () =>
  actsAnswerSchema
    .parse((await office.ask('GET', '/api/office/acts')).body)
    .lines.filter(({ act }) => act === 'POST /api/prints/:id/destruction')
    .map(({ userName, subject, isRefused }) => ({ userName, subject, isRefused }))

/** A sheet as the tablet reports it: one event for each family, of one moment. */
const printed = (customerships: readonly CustomershipId[], more: { day?: Day } = {}) => ({
  op: 'usage.report',
  customership: customerships[0] ?? family.id,
  body: {
    events: customerships.map((customership) => ({
      customership,
      kind: 'print',
      purpose: 'carrying-out',
      at: toMoment(world.clock.now()),
      ...more
    }))
  }
})

test('§12 a day sheet printed at the office is an open print of whoever printed it, by ids and days only', async () => {
  await printAtOffice()
  const print = await onlyOne(office)
  expect(print).toEqual({
    id: print.id,
    kind: 'day-sheet',
    printedAt: toMoment(world.clock.now()),
    day: today(),
    destroyBy: addDays(today(), 1)
  })
  expect(await openOf(await world.signedIn(worker))).toEqual([])
})

test('a day without visits is no paper, and leaves no print', async () => {
  const body = { worker: worker.id, day: addDays(today(), 1) }
  await office.ask('POST', '/api/office/week/day-sheet', body)
  expect(await openOf(office)).toEqual([])
})

test('§12 what was printed without a network is one open print when the tablet has told it, however often', async () => {
  const other = await Family.open(world, office, 'Toinen')
  await other.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const printedAt = world.clock.now()
  const item = tablet.write(printed([family.id, other.id], { day: addDays(today(), 1) }))
  world.clock.advance(2 * dayLength)
  for (let time = 0; time < 3; time += 1) await tablet.deliver([item])
  const print = await onlyOne(await world.signedIn(worker))
  expect(print).toMatchObject({
    printedAt: toMoment(printedAt),
    day: addDays(dayAt(printedAt), 1),
    destroyBy: addDays(dayAt(printedAt), 2)
  })
})

test('a tablet from before that says no day: the sheet is of the day it was printed on', async () => {
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await tablet.do(printed([family.id]))
  expect(await onlyOne(await world.signedIn(worker))).toMatchObject({ day: today() })
})

test('§12 the printer ticks it once; saying it again changes nothing, and each time is a line of the trail', async () => {
  await printAtOffice()
  const print = await onlyOne(office)
  const first = destructionSchema.parse((await destroy(office, print)).body)
  expect(first).toEqual({
    id: print.id,
    destroyedAt: toMoment(world.clock.now()),
    destroyedBy: mainUser.id
  })
  world.clock.advance(minute)
  expect(destructionSchema.parse((await destroy(office, print)).body)).toEqual(first)
  expect(await openOf(office)).toEqual([])
  const line = { userName: 'Sirpa', subject: 'Sirpa', isRefused: false }
  expect(await destructions()).toEqual([line, line])
  const check = await office.ask('GET', '/api/office/log/check')
  expect(check.body).toMatchObject({ faults: [] })
})

test('two tick at once: one name stands, and the other is told so', async () => {
  const hers = await world.signedIn(worker)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await tablet.do(printed([family.id]))
  const print = await onlyOne(hers)
  const answers = await Promise.all([destroy(hers, print), destroy(office, print)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const row = await world.parts.store.prints.find(print.id)
  expect(row?.destroyedBy).toBe(answers[0].status === 200 ? worker.id : mainUser.id)
  expect((await destructions()).map(({ isRefused }) => isRefused).sort()).toEqual([false, true])
  const late = row?.destroyedBy === worker.id ? office : hers
  expect(codeOf(await destroy(late, print))).toBe('conflict')
  expect(await world.parts.store.prints.find(print.id)).toEqual(row)
})

test('§12 of one who has left a main user ticks, and both names are kept', async () => {
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await tablet.do(printed([family.id]))
  const closing = await office.ask('POST', `/api/office/users/${worker.id}/closing`, {
    reason: 'Lähti'
  })
  expect(closing.status, closing.text).toBe(200)
  const [print] = await openOfUser(worker.id)
  if (!print) throw new Error('no print')
  expect((await destroy(office, print)).status).toBe(200)
  expect(await openOfUser(worker.id)).toEqual([])
  expect(await world.parts.store.prints.find(print.id)).toMatchObject({
    user: worker.id,
    destroyedBy: mainUser.id
  })
  expect(await destructions()).toEqual([{ userName: 'Sirpa', subject: 'Helmi', isRefused: false }])
})

test('another’s print is nobody’s but a main user’s who keeps the office, and none that there is not', async () => {
  await printAtOffice()
  const print = await onlyOne(office)
  const hers = await world.signedIn(worker)
  const overseer = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['oversight'] })
  )
  for (const client of [hers, overseer]) {
    const answer = await destroy(client, print)
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found'])
  }
  const nowhere = await office.ask('POST', `/api/prints/${randomUUID()}/destruction`)
  expect(nowhere.status).toBe(404)
  expect((await hers.ask('GET', `/api/office/users/${mainUser.id}/prints`)).status).toBe(403)
  expect(await openOf(office)).toHaveLength(1)
})

test('§12 Tilanne tells from the day after the last one who has prints to destroy, and how many', async () => {
  await printAtOffice()
  world.clock.advance(minute)
  await printAtOffice()
  const last = addDays(today(), 1)
  await pass(1)
  expect(await latePrints()).toEqual([])
  await pass(1)
  expect(await latePrints()).toEqual([
    { user: mainUser.id, userName: 'Sirpa', count: 2, since: last }
  ])
  for (const print of await openOf(office)) await destroy(office, print)
  expect(await latePrints()).toEqual([])
})

test('a sheet of a day that was past already has until the day after it was printed', async () => {
  await family.plan(worker.id)
  const day = today()
  await pass(5)
  await office.ask('POST', '/api/office/week/day-sheet', { worker: worker.id, day })
  expect((await openOf(office)).map(({ destroyBy }) => destroyBy)).toEqual([addDays(today(), 1)])
})

test('§7 §12 a print outlives the client who was on it, names nobody, and stays open until ticked', async () => {
  await printAtOffice()
  await family.end(today())
  await pass(1)
  await family.settle()
  const deletion = await family.post('deletion', undefined)
  expect(deletion.status, deletion.text).toBe(200)
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toBeNull()
  const answer = await office.ask('GET', '/api/prints')
  expect(openPrintsSchema.parse(answer.body).prints).toHaveLength(1)
  expect(answer.text).not.toMatch(/Aino|Salaoja/)
  expect(answer.text).not.toContain(family.id)
  const rows = await world.parts.store.files.register.sql.selectFrom('prints').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(family.id)
  expect((await destroy(office, await onlyOne(office))).status).toBe(200)
})

test('§12 paper that was printed after the backup is still to be destroyed when the backup is restored', async () => {
  const backup = await takeBackup(partsIn(), join(world.folder, 'backups'))
  await printAtOffice()
  await world.stop()
  await restore(partsIn(), backup)
  await world.start()
  await pass(0)
  expect(await openOf(office)).toHaveLength(1)
})
