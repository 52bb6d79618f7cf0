import { afterEach, beforeEach, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import {
  hoursLeft,
  incidentsAnswerSchema,
  incidentWrittenSchema,
  standingOf,
  type IncidentId,
  type IncidentStep
} from '#contract/incident.ts'
import { situationSchema } from '#contract/office.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import { doDaily } from '#server/jobs/daily.ts'
import type { User } from '#server/store/users.ts'
import { scanFolder } from '#tests/support/scan.ts'
import { Family } from '#tests/support/people.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

const hour = 3_600_000
const told = 'Tabletti jäi bussiin, lukittuna'

let world: World
let mainUser: User
let office: Client

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
})
afterEach(() => world.close())

async function passHours(hours: number): Promise<void> {
  world.clock.advance(hours * hour)
  office = await world.signedIn(mainUser)
}

const now = () => toMoment(world.clock.now())

const request = (more: object = {}) => ({
  kind: 'lost-device',
  noticedAt: now(),
  happened: null,
  customerships: [] as CustomershipId[],
  persons: 2,
  organisers: [],
  isOwn: false,
  what: told,
  consequences: '',
  measures: '',
  ...more
})

async function register(more: object = {}): Promise<IncidentId> {
  const answer = await office.ask('POST', '/api/office/incidents', request(more))
  expect(answer.status, answer.text).toBe(201)
  return incidentWrittenSchema.parse(answer.body).id
}

async function list(client = office) {
  const answer = await client.ask('GET', '/api/office/incidents')
  expect(answer.status, answer.text).toBe(200)
  return incidentsAnswerSchema.parse(answer.body).incidents
}

async function read(id: IncidentId, client = office) {
  const found = (await list(client)).find((one) => one.id === id)
  if (!found) throw new Error('it is there')
  return found
}

async function take(id: IncidentId, step: IncidentStep): Promise<Answer> {
  const { revision: based } = await read(id)
  return office.ask('POST', `/api/office/incidents/${id}/steps`, { based, step })
}

async function complete(id: IncidentId, more: object): Promise<Answer> {
  const { revision: based, record } = await read(id)
  const { registeredAt: _at, registeredBy: _by, steps: _steps, ...asked } = record
  return office.ask('PUT', `/api/office/incidents/${id}`, { based, ...asked, ...more })
}

const onTilanne = async () =>
  situationSchema.parse((await office.ask('GET', '/api/office/situation')).body).incidents

const issuesOf = (answer: Answer) =>
  bodyOf<{ issues: { path: string[]; code: string }[] }>(answer).issues.map(({ path, code }) =>
    [...path, code].join(' ')
  )

test('GDPR 33(1) the 72 hours run from when it was noticed, and stand on Tilanne until the authority is settled', async () => {
  await passHours(10)
  const noticedAt = toMoment(world.clock.now() - 5 * hour)
  const id = await register({ noticedAt })
  expect(await onTilanne()).toEqual([{ id, kind: 'lost-device', noticedAt, authorityAt: null }])
  expect(hoursLeft(Date.parse(noticedAt), world.clock.now())).toBe(67)
  expect(hoursLeft(Date.parse(noticedAt), world.clock.now() + 68 * hour)).toBeLessThan(0)

  await take(id, { step: 'authority-not-told', ground: 'no-risk', reason: 'Levy oli salattu' })
  expect(await onTilanne()).toEqual([{ id, kind: 'lost-device', noticedAt, authorityAt: now() }])
})

test('GDPR 33(1) after 72 hours the authority is told with the reasons for the delay, or not at all', async () => {
  const id = await register()
  await passHours(73)
  const late = await take(id, { step: 'authority-told', at: now(), delay: null })
  expect(issuesOf(late)).toEqual(['step delay missing'])
  const delay = 'Selvittely kesti viikonlopun yli'
  expect((await take(id, { step: 'authority-told', at: now(), delay })).status).toBe(200)
  const ahead = toMoment(world.clock.now() + hour)
  expect(issuesOf(await take(id, { step: 'authority-told', at: ahead, delay }))).toEqual([
    'step at future'
  ])
})

test('GDPR 33(2) the organiser whose data it is must be told: its decisions say so, and nobody need remember', async () => {
  const family = await Family.open(world, office)
  const id = await register({ customerships: [family.id] })
  const { record } = await read(id)
  expect([record.organisers, record.isOwn]).toEqual([['mallikunta'], false])
  expect(standingOf(record).controllersLeft).toEqual(['mallikunta'])
  const stranger = await take(id, { step: 'controller-told', organiser: 'muu-kunta', at: now() })
  expect(issuesOf(stranger)).toEqual(['step organiser unknown'])
  await take(id, { step: 'controller-told', organiser: 'mallikunta', at: now() })
  expect(standingOf((await read(id)).record).controllersLeft).toEqual([])
})

test('GDPR 33(5), 34 it is closed only when everybody was told, or it is written why not', async () => {
  const family = await Family.open(world, office)
  const id = await register({ customerships: [family.id] })
  expect(issuesOf(await take(id, { step: 'closed' }))).toEqual([
    'step controllers missing',
    'step authority missing',
    'step persons missing',
    'step consequences missing',
    'step measures missing'
  ])
  await take(id, { step: 'controller-told', organiser: 'mallikunta', at: now() })
  await take(id, { step: 'authority-told', at: now(), delay: null })
  await take(id, { step: 'persons-not-told', ground: 'unreadable', reason: 'Holvi oli lukossa' })
  const written = { consequences: 'Ei todennäköisiä', measures: 'Tabletti tyhjennettiin' }
  expect((await complete(id, written)).status).toBe(200)
  expect((await take(id, { step: 'closed' })).status).toBe(200)
  expect(await onTilanne()).toEqual([])

  expect(codeOf(await complete(id, { persons: 3 }))).toBe('conflict')
  expect(codeOf(await take(id, { step: 'authority-told', at: now(), delay: null }))).toBe('invalid')
  expect((await take(id, { step: 'reopened', reason: 'Löytyi lisää' })).status).toBe(200)
  expect(await onTilanne()).toHaveLength(1)
  // Everything that was done stands, in its order, with who did it.
  const { steps } = (await read(id)).record
  expect(steps.map(({ step }) => step.step)).toEqual([
    'controller-told',
    'authority-told',
    'persons-not-told',
    'closed',
    'reopened'
  ])
  expect(steps.every(({ by }) => by === mainUser.id)).toBe(true)
})

test('of two who write at once, the second is told; neither loses a word', async () => {
  const id = await register()
  const body = { based: 1, step: { step: 'authority-told', at: now(), delay: null } }
  const path = `/api/office/incidents/${id}/steps`
  const answers = await Promise.all([
    office.ask('POST', path, body),
    office.ask('POST', path, body)
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await read(id)).record.steps).toHaveLength(1)
})

test('§5, §8 its words lie on no disk in clear, and an identity code in them is refused', async () => {
  await register()
  for (const field of ['what', 'consequences', 'measures'])
    expect(
      codeOf(
        await office.ask('POST', '/api/office/incidents', request({ [field]: 'Ks. 010594Y9032' }))
      )
    ).toBe('identity-code')
  expect(await scanFolder(world.folder, ['bussiin'])).toEqual([])
  expect(world.logLines.join('\n')).not.toContain('bussiin')
})

test('§7 a customership that is deleted leaves an incident with its random id alone, as the logs have it', async () => {
  const family = await Family.open(world, office)
  const id = await register({ customerships: [family.id] })
  expect((await read(id)).clients).toEqual([
    { customership: family.id, name: 'Aino Kuusinen', isDeleted: false }
  ])
  const plan = await world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, family.id, 'asked', mainUser.id)
  )
  if (!plan) throw new Error('it is there')
  await deleteCustomership(world.parts, plan)
  expect((await read(id)).clients).toEqual([
    { customership: family.id, name: null, isDeleted: true }
  ])
  // It can still be completed, and no other deleted one be added.
  expect((await complete(id, { measures: 'Tyhjennetty' })).status).toBe(200)
  const other = await office.ask(
    'POST',
    '/api/office/incidents',
    request({ customerships: [family.id] })
  )
  expect(issuesOf(other)).toEqual(['customerships unknown'])
  expect(await scanFolder(world.folder, ['Kuusinen'])).toEqual([])
})

test('§12 naming a customership leaves a line in its log; who only oversees sees the incident and no name', async () => {
  const family = await Family.open(world, office)
  const id = await register({ customerships: [family.id] })
  const lines = await world.parts.store.usage.search({ customership: family.id }, 20)
  expect(lines.some(({ kind, purpose }) => kind === 'write' && purpose === 'oversight')).toBe(true)
  const officer = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['oversight'] })
  )
  const seen = await read(id, officer)
  expect(seen.record.what).toBe(told)
  expect(seen.clients.map(({ name }) => name)).toEqual([null])
  const worker = await world.worker()
  expect(codeOf(await worker.ask('GET', '/api/office/incidents'))).toBe('not-allowed')
})

test('§7 an incident is kept as long as the logs are, then its key goes, and then its row', async () => {
  const id = await register()
  await take(id, { step: 'authority-not-told', ground: 'no-risk', reason: 'Levy oli salattu' })
  await take(id, { step: 'persons-not-told', ground: 'no-high-risk', reason: 'Levy oli salattu' })
  await complete(id, { consequences: 'Ei', measures: 'Tyhjennetty' })
  await take(id, { step: 'closed' })
  const holds = () => world.parts.keyStore.dataKeyIds().includes(id as string as CustomershipId)
  world.clock.set('2038-11-01T10:00:00Z')
  await doDaily(world.parts)
  expect(holds()).toBe(true)
  world.clock.set('2038-12-01T10:00:00Z')
  await doDaily(world.parts)
  expect(holds()).toBe(false)
  expect(await world.parts.store.incidents.find(id)).toBeNull()
})
