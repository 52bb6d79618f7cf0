import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import { disclosuresAnswerSchema } from '#contract/disclosure.ts'
import { entriesOf } from '#contract/entry.ts'
import {
  rightsDetailSchema,
  rightsListSchema,
  type RightsDetail,
  type RightsKind
} from '#contract/rights-request.ts'
import { situationSchema } from '#contract/office.ts'
import { deletionAnswerSchema, endingAnswerSchema } from '#contract/ending.ts'
import { registerMap, searchMap } from '#server/store/deletion-map.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let family: Family

const today = (): Day => dayAt(world.clock.now())
const requests = '/api/office/requests'
const asked = 'Haluan tietää, mitä minusta on kirjoitettu'

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office, 'Haapalainen')
})
afterEach(() => world.close())

async function pass(days: number): Promise<void> {
  world.clock.advance(days * 86_400_000)
  const { cookies } = await world.signedIn(mainUser)
  office.cookies.set('session', cookies.get('session') ?? '')
}

interface Wish {
  kind?: RightsKind
  receivedOn?: Day
  who?: string
  identified?: string
  words?: object
}

const registration = (o: Wish = {}) => ({
  id: randomUUID(),
  customership: family.id as string | null,
  kind: 'access' as RightsKind,
  who: 'client',
  identified: 'strong',
  receivedOn: today(),
  words: { asked } as object | null,
  ...o
})

async function register(o: Wish = {}): Promise<RightsDetail> {
  const answer = await office.ask('POST', requests, registration(o))
  expect(answer.text).toContain('"request"')
  expect(answer.status).toBe(201)
  return rightsDetailSchema.parse(answer.body)
}

const registerOfNobody = async (o: Wish = {}) => {
  const body = { ...registration(o), customership: null, words: null }
  return rightsDetailSchema.parse((await office.ask('POST', requests, body)).body)
}

const act = ({ request }: RightsDetail, body: object): Promise<Answer> =>
  office.ask('POST', `${requests}/${request.id}/acts`, body)

async function done(detail: RightsDetail, body: object): Promise<RightsDetail> {
  const answer = await act(detail, body)
  expect(answer.text).not.toContain('urn:kotikaynti:problem')
  return rightsDetailSchema.parse(answer.body)
}

const sent = () => ({ on: today(), channel: 'post' })
const answered = (more: object = {}) => ({
  ...{ act: 'answer', outcome: 'granted', language: 'fi' },
  ...sent(),
  ...more
})
const forwarded = () => ({ act: 'forward', organiser: 'mallikunta', ...sent() })
const issuesOf = (answer: Answer) =>
  (answer.body as { issues?: { path: string[]; code: string }[] }).issues?.map(
    ({ path, code }) => `${path.join('.')} ${code}`
  )

const disclosures = async () =>
  disclosuresAnswerSchema.parse((await office.ask('GET', '/api/office/disclosures')).body).lines

/** The provider itself answers for what is recorded: a client who pays for themselves. */
async function selfPaying(alsoOrganiser = false): Promise<void> {
  const decision = {
    ...family.opening('Haapalainen').decision.data,
    ...{ controller: 'provider', funding: 'direct' }
  }
  const own = alsoOrganiser ? newEntryId(world) : family.decision
  const based = alsoOrganiser
    ? {}
    : {
        based: (
          await world.parts.store.register.read(family.id, (reader) =>
            reader.entry('decision', family.decision)
          )
        )?.revision
      }
  const written = await family.post('decisions', {
    id: own,
    data: decision,
    reason: 'Sovittu',
    ...based
  })
  expect(written.status).toBe(201)
}

test('§13 a request has a month, which Tilanne shows until it is answered', async () => {
  await selfPaying()
  const receivedOn = addDays(today(), -26)
  const request = await register({ receivedOn })
  expect(request.request).toMatchObject({
    number: 'P-2026-0001',
    fullOn: '2026-11-27',
    dueOn: '2026-11-27'
  })
  expect(request.open).toEqual(['answer'])
  const shown = async () =>
    situationSchema.parse((await office.ask('GET', '/api/office/situation')).body).requests
  expect(await shown()).toMatchObject([
    { number: 'P-2026-0001', name: 'Aino Haapalainen', kind: 'access', dueOn: '2026-11-27' }
  ])
  const closed = await done(request, answered())
  expect(closed.request).toMatchObject({ outcome: 'granted', answeredOn: today(), channel: 'post' })
  expect(closed.request.closedAt).not.toBeNull()
  expect(await shown()).toEqual([])
  expect(await disclosures()).toMatchObject([
    {
      kind: 'rights-answer',
      reference: 'P-2026-0001',
      recipient: 'client',
      ground: 'right-of-access'
    }
  ])
  expect(codeOf(await act(closed, answered()))).toBe('conflict')
})

test('§13 two months more are given once, and only if they were told before the first month was over', async () => {
  const late = await register({ receivedOn: addDays(today(), -40) })
  const more = { act: 'extend', ground: 'complexity', reason: 'Laaja aineisto', ...sent() }
  expect(issuesOf(await act(late, more))).toEqual(['on too-late'])
  const request = await register({ receivedOn: addDays(today(), -5) })
  expect(issuesOf(await act(request, { ...more, on: addDays(today(), 1) }))).toEqual(['on future'])
  expect(issuesOf(await act(request, { ...more, on: addDays(today(), -6) }))).toEqual([
    'on before-receipt'
  ])
  expect(issuesOf(await act(request, { ...more, reason: undefined }))).toEqual(['reason missing'])
  const extended = await done(request, more)
  expect(extended.request).toMatchObject({ fullOn: '2027-02-17', extension: { toldOn: today() } })
  expect(codeOf(await act(extended, more))).toBe('conflict')
})

test('§13 where the organiser is controller the request is forwarded, and is closed as that', async () => {
  const request = await register()
  expect(request.open).toEqual(['forward'])
  expect(request.client).toMatchObject({ organisers: ['mallikunta'], isProvider: false })
  expect(codeOf(await act(request, answered()))).toBe('conflict')
  expect(issuesOf(await act(request, { ...forwarded(), organiser: 'toinen' }))).toEqual([
    'organiser unknown'
  ])
  const closed = await done(request, forwarded())
  expect(closed.request.outcome).toBe('forwarded')
  expect(await disclosures()).toMatchObject([
    { recipient: 'mallikunta', ground: 'controller-assistance', channel: 'post' }
  ])
})

test('§13 a client with decisions of both kinds: both parts are worked before it is closed', async () => {
  await selfPaying(true)
  const request = await register()
  expect(request.open).toEqual(['forward', 'answer'])
  const half = await done(request, answered())
  expect(half.request.closedAt).toBeNull()
  expect(half.open).toEqual(['forward'])
  expect((await done(half, forwarded())).request).toMatchObject({ outcome: 'granted' })
})
