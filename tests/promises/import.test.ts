import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { customershipIdSchema, entryIdSchema, type CustomershipId } from '#contract/id.ts'
import {
  importCheckSchema,
  importLineSchema,
  type ImportKind,
  type ImportRecord,
  type ImportRequest
} from '#contract/import.ts'
import { systemClock } from '#server/clock.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
beforeEach(async () => {
  world = await World.create({ now: systemClock.now() })
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
})
afterEach(() => world.close())

type Fields = Record<string, string>

/** The facts of one client, as one row of a file. */
function client(row: number, facts: Partial<Record<ImportKind, Fields>> = {}): ImportRecord[] {
  const id = customershipIdSchema.parse(randomUUID())
  const whole: Partial<Record<ImportKind, Fields>> = {
    profile: { firstName: 'Ilona', lastName: `Tuotu${row}`, birthDate: '3.5.1990' },
    contact: { name: `Eero Läheinen${row}`, relation: 'guardian', phone: '040 123 4567' },
    decision: {
      organiser: 'mallikunta',
      controller: 'organiser',
      product: 'home-service',
      funding: 'purchased',
      from: '1.11.2026',
      until: '2027-04-30',
      hours: '12,5',
      per: 'month'
    },
    assignment: { worker: worker.id, from: '1.11.2026', tasks: 'care' },
    ...facts
  }
  return Object.entries(whole).map(
    ([kind, fields]) =>
      ({
        file: 0,
        row,
        kind,
        client: id,
        id: entryIdSchema.parse(newUuidV7(world.clock.now())),
        fields
      }) as ImportRecord
  )
}

const requestOf = (...clients: ImportRecord[][]): ImportRequest => ({
  source: 'organiser',
  records: clients.flat()
})

const check = async (request: ImportRequest) =>
  importCheckSchema.parse((await office.ask('POST', '/api/office/import/check', request)).body)
const send = (request: ImportRequest, by = office) => by.ask('POST', '/api/office/import', request)

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => importLineSchema.parse(JSON.parse(line)))

const count = async () => (await world.parts.store.register.list()).length

test('an import brings clients with their contacts, decisions and workers, and they are found', async () => {
  const request = requestOf(...Array.from({ length: 120 }, (_, index) => client(index + 2)))
  expect(await check(request)).toEqual({
    counts: { clients: 120, contacts: 120, decisions: 120, assignments: 120 },
    errors: 0,
    warnings: 0,
    issues: []
  })
  expect(await count()).toBe(0)
  const answer = await send(request)
  const lines = linesOf(answer.text)
  expect(lines.at(-1)).toEqual({
    imported: { clients: 120, contacts: 120, decisions: 120, assignments: 120 }
  })
  expect(lines.filter((line) => 'step' in line && line.step === 'sealing')).toEqual([
    { step: 'sealing', done: 100, total: 120 },
    { step: 'sealing', done: 120, total: 120 }
  ])
  const { register, usage } = world.parts.store
  const [found] = await register.search('tuotu7 ilona')
  if (!found) throw new Error('nobody was found')
  const read = await register.read(found, async (reader) => ({
    startDay: reader.facts.startDay,
    entries: await reader.entries()
  }))
  expect(read?.startDay).toBe('2026-11-01')
  const dataOf = (kind: string) => read?.entries.find((entry) => entry.kind === kind)?.data
  expect(dataOf('profile')).toMatchObject({
    birthDate: { value: '1990-05-03', source: 'organiser', by: mainUser.id }
  })
  expect(dataOf('contact')).toMatchObject({ phone: '+358401234567' })
  expect(dataOf('decision')).toMatchObject({ grantedMinutes: 750, until: '2027-04-30' })
  expect(dataOf('assignment')).toMatchObject({ worker: worker.id, tasks: ['care'] })
  const uses = await usage.of(found)
  expect(uses.map(({ user, kind, purpose }) => [user, kind, purpose])).toEqual([
    [mainUser.id, 'write', 'organising']
  ])
  expect((await register.assignments({ worker: worker.id })).length).toBe(120)
})

test('the same import again is the same import', async () => {
  const request = requestOf(client(2), client(3))
  const [first, second] = await Promise.all([send(request), send(request)])
  for (const { text } of [first, second, await send(request)])
    expect(linesOf(text).at(-1)).toMatchObject({ imported: { clients: 2 } })
  expect(await count()).toBe(2)
  const half = requestOf(request.records.slice(0, 4), client(4))
  expect(codeOf(await send(half))).toBe('conflict')
  expect(await count()).toBe(2)
})

test('every fault is named by row and field, none by its value, and one fault imports nothing', async () => {
  const request = requestOf(
    client(2),
    client(3, { profile: { lastName: 'Salainen', birthDate: '31.2.1990', phone: 'ei-ole' } }),
    client(4, { decision: { organiser: 'salakunta', hours: 'paljon', from: '1.1.2026' } }),
    client(5).filter(({ kind }) => kind !== 'decision'),
    client(6, { assignment: { worker: randomUUID(), from: '1.1.2026', tasks: 'care' } })
  )
  const { errors, issues } = await check(request)
  expect(issues.map(({ row, kind, field, code }) => [row, kind, field, code])).toEqual(
    [
      [3, 'profile', 'birthDate', 'day'],
      [3, 'profile', 'phone', 'phone'],
      [3, 'profile', 'firstName', 'missing'],
      [4, 'decision', 'organiser', 'unknown'],
      [4, 'decision', 'controller', 'missing'],
      [4, 'decision', 'product', 'missing'],
      [4, 'decision', 'funding', 'missing'],
      [4, 'decision', 'until', 'missing'],
      [4, 'decision', 'hours', 'hours'],
      [4, 'decision', 'per', 'missing'],
      [6, 'assignment', 'worker', 'unknown'],
      [5, 'decision', null, 'no-decision']
    ].sort((a, b) => order(issues, a) - order(issues, b))
  )
  expect(errors).toBe(issues.length)
  const refused = await send(request)
  expect([refused.status, codeOf(refused)]).toEqual([422, 'invalid'])
  expect(refused.body).toMatchObject({
    issues: expect.arrayContaining([
      { path: [0, 3, 'profile', 'birthDate'], code: 'day' }
    ]) as unknown
  })
  for (const text of [JSON.stringify(issues), refused.text, world.logLines.join('\n')])
    expect(text).not.toMatch(/Salainen|salakunta|paljon|ei-ole/)
  expect(await count()).toBe(0)
})

const order = (
  issues: readonly { row: number; kind: string; field: string | null }[],
  [row, kind, field]: readonly unknown[]
) => issues.findIndex((issue) => issue.row === row && issue.kind === kind && issue.field === field)

test('§8 a personal identity code anywhere is an error by its row and field, and is kept nowhere', async () => {
  const code = '010594Y9032'
  const request = requestOf(
    client(2, { contact: { name: `Eero ${code}`, relation: 'guardian' } }),
    client(3, { assignment: { worker: code, from: '1.11.2026', tasks: 'care' } })
  )
  const { issues } = await check(request)
  expect(issues).toEqual([
    { file: 0, row: 2, kind: 'contact', field: 'name', code: 'identity-code' },
    { file: 0, row: 3, kind: 'assignment', field: 'worker', code: 'identity-code' }
  ])
  const refused = await send(request)
  expect([refused.status, codeOf(refused)]).toEqual([422, 'identity-code'])
  expect(JSON.stringify(issues) + refused.text + world.logLines.join('\n')).not.toContain(code)
  expect(await count()).toBe(0)
})

test('the same person twice is said, and stops nothing', async () => {
  expect((await send(requestOf(client(2)))).status).toBe(200)
  const same = { profile: { firstName: 'ILONA', lastName: 'Tuotu2', birthDate: '1990-05-03' } }
  const request = requestOf(client(7, same), client(8, same), client(9))
  const { errors, warnings, issues } = await check(request)
  expect([errors, warnings]).toEqual([0, 3])
  expect(issues.map(({ row, code }) => [row, code])).toEqual([
    [7, 'known-client'],
    [8, 'twice-in-files'],
    [8, 'known-client']
  ])
  expect(linesOf((await send(request)).text).at(-1)).toMatchObject({ imported: { clients: 3 } })
})

test('a disk that fails in the middle leaves nothing, and the same import goes through afterwards', async () => {
  const request = requestOf(client(2), client(3))
  const ids = [...new Set(request.records.map((record) => record.client))]
  const { register, usage } = world.parts.store
  const former = requestOf(client(4))
  await send(former)
  const taken = former.records[0]?.client
  const clash = requestOf(request.records, client(5))
  const append = usage.append.bind(usage)
  // Customerships and entries are written already when the disk refuses the rest.
  usage.append = () => Promise.reject(new Error('no room'))
  await expect(send(clash)).rejects.toThrow()
  usage.append = append
  expect((await register.list()).map(({ id }) => id)).toEqual([taken])
  expect(await register.search('tuotu5')).toEqual([])
  for (const id of ids) expect(await usage.of(id)).toEqual([])
  expect(world.logLines.some((line) => line.includes('import-cut'))).toBe(true)
  expect(linesOf((await send(clash)).text).at(-1)).toMatchObject({ imported: { clients: 3 } })
  expect(await count()).toBe(4)
})

test('a worker imports nothing, and a body over the bound is not read', async () => {
  const helper = await world.signedIn(worker)
  expect((await send(requestOf(client(2)), helper)).status).toBe(403)
  const large = { ...requestOf(client(2)), source: 'x'.repeat(25 * 1024 * 1024) }
  expect((await office.ask('POST', '/api/office/import', large)).status).toBe(413)
})

test('a mapping is remembered by headings, and a heading that could be a cell is refused', async () => {
  const put = (headings: string[], targets: string[]) =>
    office.ask('PUT', '/api/office/import/mappings', { headings, targets })
  expect((await put(['Etunimi', 'Puh'], ['profile.firstName', ''])).status).toBe(204)
  expect((await put(['Etunimi', 'Puh'], ['profile.firstName', 'profile.phone'])).status).toBe(204)
  for (const cell of ['aino@example.fi', '0401234567', '3.5.1990'])
    expect((await put([cell], ['profile.firstName'])).status).toBe(422)
  expect((await office.ask('GET', '/api/office/import/mappings')).body).toEqual({
    mappings: [{ headings: ['Etunimi', 'Puh'], targets: ['profile.firstName', 'profile.phone'] }]
  })
})

test(
  'a server that is killed at any moment of an import holds all of it or nothing',
  { timeout: 120_000 },
  async () => {
    await Family.open(world, office)
    const server = new ServerProcess(await freePort(), world.env)
    await world.stop()
    world.elsewhere = `http://127.0.0.1:${server.port}`
    const seen = new Set<number>()
    const request = requestOf(...Array.from({ length: 800 }, (_, index) => client(index + 2)))
    const ids = [...new Set(request.records.map((record) => record.client))]
    try {
      for (let round = 0; round < 3; round += 1) {
        await server.start()
        const sending = send(request).catch(() => null)
        await pause(randomInt(100, 700))
        await server.kill()
        await sending
        seen.add(await heldOf(ids))
      }
      for (const held of seen) expect([0, 800]).toContain(held)
      await server.start()
      expect(linesOf((await send(request)).text).at(-1)).toMatchObject({
        imported: { clients: 800 }
      })
      await server.stop()
      expect(await heldOf(ids)).toBe(800)
    } finally {
      await server.kill()
      world.elsewhere = null
      await world.start()
    }
  }
)

/** How many of them the register has, and every one of those whole. */
async function heldOf(ids: readonly CustomershipId[]): Promise<number> {
  await world.start()
  const { register } = world.parts.store
  let held = 0
  for (const id of ids) {
    const entries = await register.read(id, (reader) => reader.entries())
    if (entries) expect(entries.length).toBe(4)
    held += entries ? 1 : 0
  }
  await world.stop()
  return held
}
