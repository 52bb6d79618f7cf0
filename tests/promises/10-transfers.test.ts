import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { disclosuresAnswerSchema } from '#contract/disclosure.ts'
import { addDays, instantOf, toMoment, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { endingAnswerSchema } from '#contract/ending.ts'
import { standardProfile } from '#contract/export-profile.ts'
import type { EntryId } from '#contract/id.ts'
import type { ServiceEventState } from '#contract/service-event.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'
import {
  moveResultsSchema,
  transferFileSchema,
  transfersAnswerSchema,
  type TransferLine,
  type TransferMove,
  type TransfersAnswer
} from '#contract/transfers.ts'
import type { Visit } from '#contract/visit.ts'
import { stateOfLine } from '#contract/ledger.ts'
import { commitDeletion, deletionSteps } from '#server/ending/delete-customership.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User

const november = '2026-11'
const settings: TransferSettings = {
  terms: [{ organiser: 'mallikunta', settlementDay: 6, purchasedThrough: 'palse' }],
  products: [
    {
      organiser: 'mallikunta',
      product: 'home-service',
      from: '2026-01-01' as Day,
      code: 'KOTI',
      unit: 'hour',
      priceCents: 4250
    }
  ],
  profiles: []
}

beforeEach(async () => {
  // Sunday 22 November 2026.
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  await write(settings)
})
afterEach(() => world.close())

async function write(transfers: TransferSettings): Promise<void> {
  const answer = await office.ask('GET', '/api/office/organisation')
  const { revision: based } = bodyOf<{ revision: number }>(answer)
  const put = await office.ask('PUT', '/api/office/organisation/transfers', { based, transfers })
  expect(put.status).toBe(200)
}

async function putVisit(
  family: Family,
  o: { id?: EntryId; day?: string; minutes?: number; decision?: EntryId } = {}
): Promise<EntryId> {
  const { id = newEntryId(world), day = '2026-11-10', minutes = 90 } = o
  const start = instantOf(day as Day, 9)
  const [startedAt, endedAt] = [toMoment(start), toMoment(start + minutes * 60_000)]
  const decision = o.decision ?? family.decision
  const visit: Visit = {
    decision,
    product: 'home-service',
    worker: worker.id,
    state: 'completed',
    plannedStart: startedAt,
    plannedEnd: endedAt,
    startedAt,
    endedAt
  }
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, (change) => change.put('visit', id, visit, mainUser.id))
  )
  return id
}

async function putDecision(family: Family, more: Partial<Decision>): Promise<void> {
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const decision = await change.entry('decision', family.decision)
      if (!decision) throw new Error('a family has a decision')
      const data = { ...decision.data, ...more }
      await change.put('decision', family.decision, data, mainUser.id)
    })
  )
}

/** A family whose voucher has a number, and so many visits of a day each. */
async function withVisits(count: number, number = 'PS-1001', lastName = 'Kuusinen') {
  const family = await Family.open(world, office, lastName)
  await putDecision(family, { number })
  const visits: EntryId[] = []
  while (visits.length < count)
    visits.push(await putVisit(family, { day: addDays('2026-11-10' as Day, visits.length) }))
  return { family, visits }
}

async function read(client = office, month = november): Promise<TransfersAnswer> {
  const answer = await client.ask('GET', `/api/office/transfers?month=${month}`)
  expect(answer.status).toBe(200)
  return transfersAnswerSchema.parse(answer.body)
}

const lineOf = async (visit: EntryId | undefined): Promise<TransferLine> => {
  const found = (await read()).lines.find((line) => line.visit === visit)
  if (!found) throw new Error('no line')
  return found
}

function moveOf(
  line: TransferLine,
  to: TransferMove['to'],
  more: Partial<TransferMove> = {}
): TransferMove {
  const { customership, visit, fingerprint: seen } = line
  const event = line.event?.id ?? newEntryId(world)
  return { customership, visit, event, from: stateOfLine(line), to, seen, ...more }
}

const post = (...moves: TransferMove[]): Promise<Answer> =>
  office.ask('POST', '/api/office/transfers/moves', { moves })

async function outcomesOf(...moves: TransferMove[]): Promise<string[]> {
  const answer = await post(...moves)
  expect(answer.status).toBe(200)
  return moveResultsSchema.parse(answer.body).results.map(({ outcome }) => outcome)
}

/** Along the portal's own way, a request for each step. */
async function walk(visit: EntryId | undefined, ...states: ServiceEventState[]): Promise<void> {
  for (const state of states) {
    const reason = state === 'credited' || state === 'withdrawn' ? { reason: 'Sovittu' } : {}
    expect(await outcomesOf(moveOf(await lineOf(visit), state, reason))).toEqual(['done'])
  }
}

const exported = (
  lines: readonly TransferLine[],
  again = false,
  nameOf: (index: number) => EntryId = () => newEntryId(world)
) =>
  office.ask('POST', '/api/office/transfers/exports', {
    profile: standardProfile,
    again,
    events: lines.map(({ customership, visit, fingerprint: seen }, index) => ({
      customership,
      visit,
      event: nameOf(index),
      seen
    }))
  })

const issuesOf = (answer: Answer) => [answer.status, bodyOf<{ issues?: unknown }>(answer).issues]

const disclosed = async () => {
  const answer = await office.ask('GET', '/api/office/disclosures?kind=transfer')
  return disclosuresAnswerSchema.parse(answer.body).lines
}

test('§10 a month’s ledger holds each visit of a voucher with what it is worth, in the portal’s order', async () => {
  const second = await withVisits(1, 'PS-2', 'Virtanen')
  const first = await withVisits(2, 'PS-1', 'Aalto')
  const { lines, months } = await read()
  expect(lines.map(({ lastName, visit }) => [lastName, visit])).toEqual([
    ['Aalto', first.visits[0]],
    ['Aalto', first.visits[1]],
    ['Virtanen', second.visits[0]]
  ])
  expect(lines[0]?.claim).toMatchObject({
    number: 'PS-1',
    code: 'KOTI',
    minutes: 90,
    valueCents: 6375
  })
  expect(months).toEqual([{ month: '2026-11', open: 3, alarms: 0 }])
  expect((await read(office, '2026-10')).lines).toEqual([])
})

test('§12 only a main user whose task is reporting or administration sees or moves an event', async () => {
  const { visits } = await withVisits(1)
  const [line] = (await read()).lines
  if (!line) throw new Error('no line')
  const organisation = await office.ask('GET', '/api/office/organisation')
  const { revision: based } = bodyOf<{ revision: number }>(organisation)
  for (const tasks of [['care'], ['documents'], ['oversight']] as const) {
    const other = await world.signedIn(await world.user({ role: 'main-user', tasks: [...tasks] }))
    const asked = [
      await other.ask('PUT', '/api/office/organisation/transfers', { based, transfers: settings }),
      await other.ask('GET', '/api/office/transfers?month=2026-11'),
      await other.ask('POST', '/api/office/transfers/moves', { moves: [moveOf(line, 'recorded')] }),
      await other.ask('POST', '/api/office/transfers/exports', {
        profile: standardProfile,
        again: false,
        events: [
          {
            customership: line.customership,
            visit: line.visit,
            event: newEntryId(world),
            seen: line.fingerprint
          }
        ]
      })
    ]
    expect(asked.map(codeOf)).toEqual(Array(4).fill('not-allowed'))
  }
  const reporter = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['reporting'] })
  )
  expect((await read(reporter)).lines.map(({ visit }) => visit)).toEqual(visits)
})

test('§10 what is ticked off is out of the list, is a line of the disclosure log, and is so once', async () => {
  const { family, visits } = await withVisits(2)
  const move = moveOf(await lineOf(visits[0]), 'recorded')
  expect(await outcomesOf(move)).toEqual(['done'])
  // The answer was lost: asked again, nothing happens again.
  expect(await outcomesOf(move)).toEqual(['done'])
  const line = await lineOf(visits[0])
  expect(line.event?.data.history.map(({ state, by }) => [state, by])).toEqual([
    ['recorded', mainUser.id]
  ])
  expect(await disclosed()).toMatchObject([
    {
      customership: family.id,
      by: mainUser.id,
      recipient: 'mallikunta',
      channel: 'psop',
      ground: 'decision',
      reference: move.event,
      fingerprint: null
    }
  ])
  expect((await read()).months).toEqual([{ month: '2026-11', open: 1, alarms: 0 }])
})

test('two people at one event: the later is told, and nothing of the former is lost', async () => {
  const { visits } = await withVisits(1)
  const line = await lineOf(visits[0])
  expect(await outcomesOf(moveOf(line, 'recorded'))).toEqual(['done'])
  expect(await outcomesOf(moveOf(line, 'draft'))).toEqual(['conflict'])
  const recorded = await lineOf(visits[0])
  await walk(visits[0], 'approved')
  expect(await outcomesOf(moveOf(recorded, 'under-review'))).toEqual(['conflict'])
  expect(stateOfLine(await lineOf(visits[0]))).toBe('approved')
})

test('a state goes only where the portal lets it, and a credit or a step back needs its reason', async () => {
  const { visits } = await withVisits(1)
  await walk(visits[0], 'recorded')
  const recorded = await lineOf(visits[0])
  expect(await outcomesOf(moveOf(recorded, 'paid'))).toEqual(['not-allowed'])
  expect(await outcomesOf(moveOf(recorded, 'withdrawn'))).toEqual(['needs-reason'])
  expect(await outcomesOf(moveOf(recorded, 'take-back'))).toEqual(['needs-reason'])
  await walk(visits[0], 'approved', 'settled')
  const settled = await lineOf(visits[0])
  expect(await outcomesOf(moveOf(settled, 'withdrawn', { reason: 'Virhe' }))).toEqual([
    'not-allowed'
  ])
  expect(await outcomesOf(moveOf(settled, 'take-back', { reason: 'Väärä rivi' }))).toEqual(['done'])
  expect(stateOfLine(await lineOf(visits[0]))).toBe('approved')
})

test('§10 what no portal takes any more is not told, for a reason: it quiets its alarm, waits for nothing, left no house, and can be told after all', async () => {
  const { family, visits } = await withVisits(2)
  await putDecision(family, { number: undefined })
  const ending = async () => {
    const answer = await office.ask('GET', `/api/office/customerships/${family.id}/ending`)
    const { open } = endingAnswerSchema.parse(answer.body)
    return open.find(({ code }) => code === 'portal-events')?.count ?? 0
  }
  const alarms = async () => {
    const answer = await office.ask('GET', '/api/office/situation')
    return bodyOf<{ transfers: { count: number }[] }>(answer).transfers.map(({ count }) => count)
  }
  const disclosed = async () => {
    const answer = await office.ask('GET', '/api/office/disclosures')
    return disclosuresAnswerSchema.parse(answer.body).lines
  }
  const reason = 'Päätöksen numeroa ei saatu ajoissa'
  const line = await lineOf(visits[0])
  // Nothing can be told without its number, and that it is not told needs none.
  expect(line.alarms).toContain('incomplete')
  expect([await alarms(), await ending()]).toEqual([[2], 2])
  expect(await outcomesOf(moveOf(line, 'recorded'))).toEqual(['incomplete'])
  expect(await outcomesOf(moveOf(line, 'not-told'))).toEqual(['needs-reason'])

  expect(await outcomesOf(moveOf(line, 'not-told', { reason }))).toEqual(['done'])
  const untold = await lineOf(visits[0])
  expect(untold.alarms).toEqual([])
  expect(untold.event?.data.history).toMatchObject([{ state: 'not-told', by: mainUser.id, reason }])
  expect([await alarms(), await ending()]).toEqual([[1], 1])
  expect(await disclosed()).toEqual([])
  expect(await outcomesOf(moveOf(untold, 'recorded'))).toEqual(['not-allowed'])
  expect(await outcomesOf(moveOf(untold, 'take-back'))).toEqual(['needs-reason'])

  await putDecision(family, { number: 'PS-1' })
  const back = { reason: 'Portaali ottaa sen sittenkin' }
  expect(await outcomesOf(moveOf(await lineOf(visits[0]), 'take-back', back))).toEqual(['done'])
  const again = await lineOf(visits[0])
  expect([stateOfLine(again), again.former.length]).toEqual([null, 1])
  expect(await ending()).toBe(2)
  await walk(visits[0], 'recorded')
  expect((await disclosed()).length).toBe(1)
})

test('a visit corrected after its event was settled raises an alarm, keeps what was told, and is credited and told again', async () => {
  const { family, visits } = await withVisits(1)
  await walk(visits[0], 'recorded', 'approved', 'settled')
  const before = await lineOf(visits[0])
  await putVisit(family, { ...(visits[0] ? { id: visits[0] } : {}), minutes: 120 })
  const changed = await lineOf(visits[0])
  expect(changed.alarms).toEqual(['changed'])
  expect(changed.event?.data.told).toEqual(before.claim)
  expect([changed.claim.minutes, changed.claim.valueCents]).toEqual([120, 8500])
  const situation = await office.ask('GET', '/api/office/situation')
  expect(bodyOf<{ transfers: unknown }>(situation).transfers).toEqual([
    { alarm: 'changed', month: '2026-11', count: 1 }
  ])

  await walk(visits[0], 'credited')
  await walk(visits[0], 'recorded')
  const again = await lineOf(visits[0])
  expect(again.alarms).toEqual([])
  expect(again.event?.data).toMatchObject({ replaces: before.event?.id, told: { minutes: 120 } })
  expect(again.former.map(({ id }) => id)).toEqual([before.event?.id])
})

test('what was put right between the reading and the tick is not ticked off as something else', async () => {
  const { family, visits } = await withVisits(1)
  const stale = await lineOf(visits[0])
  await putVisit(family, { ...(visits[0] ? { id: visits[0] } : {}), minutes: 30 })
  expect(await outcomesOf(moveOf(stale, 'recorded'))).toEqual(['conflict'])
  expect((await exported([stale])).status).toBe(409)
  expect(await disclosed()).toEqual([])
})

test('§10 an export is a file by its profile, a line in the log for each client, and never twice unnoticed', async () => {
  await withVisits(2, 'PS-1', 'Aalto')
  await withVisits(1, '=2+5', 'Virtanen')
  const { lines } = await read()
  const answer = await exported(lines)
  expect(answer.status).toBe(201)
  const file = transferFileSchema.parse(answer.body)
  const bytes = Buffer.from(file.bytes, 'base64url')
  expect(file.fingerprint).toBe(createHash('sha256').update(bytes).digest('hex'))
  const [head, ...rows] = bytes.toString('utf8').replace(/\r\n$/, '').split('\r\n')
  expect(head).toBe(
    '\ufeffNumero;Sisältö;Palveluntuottajaosa;Alkupäivä;Alkuaika;Loppupäivä;Loppuaika;Määrä;Yksikköhinta;Arvo;Viite'
  )
  expect(rows[0]).toBe(
    `PS-1;KOTI;;10.11.2026;09:00;10.11.2026;10:30;1,50;42,50;63,75;${lines[0]?.visit ?? ''}`
  )
  expect(rows[2]?.startsWith("'=2+5;")).toBe(true)
  expect(file.name).not.toMatch(/aalto|virtanen/i)

  const log = await disclosed()
  expect(log.map(({ fingerprint }) => fingerprint)).toEqual([file.fingerprint, file.fingerprint])
  const after = await read()
  expect(after.lines.map((line) => stateOfLine(line))).toEqual(['exported', 'exported', 'exported'])

  const twice = await exported(after.lines)
  expect([twice.status, codeOf(twice)]).toEqual([409, 'conflict'])
  expect(bodyOf<{ issues: unknown }>(twice).issues).toEqual(
    [0, 1, 2].map((index) => ({ path: ['events', index], code: 'exported-before' }))
  )
  expect(await disclosed()).toHaveLength(2)
  expect((await exported(after.lines, true)).status).toBe(201)
  expect((await read()).lines.map(({ event }) => event?.data.exports?.length)).toEqual([2, 2, 2])
})

test.each(['exported', 'draft'] as const)(
  'what was corrected after it was %s leaves in no file, and what was told stays, until it is withdrawn',
  async (state) => {
    const { family, visits } = await withVisits(1)
    if (state === 'exported') await exported((await read()).lines)
    else await walk(visits[0], 'draft')
    const before = await lineOf(visits[0])
    await putVisit(family, { ...(visits[0] ? { id: visits[0] } : {}), minutes: 120 })
    for (const again of [false, true])
      expect(issuesOf(await exported([await lineOf(visits[0])], again))).toEqual([
        409,
        [{ path: ['events', 0], code: 'changed-since' }]
      ])
    const after = await lineOf(visits[0])
    expect([after.alarms, after.event]).toEqual([['changed'], before.event])
    await walk(visits[0], 'withdrawn')
    expect((await exported([await lineOf(visits[0])])).status).toBe(201)
    expect((await lineOf(visits[0])).event?.data.told.minutes).toBe(120)
  }
)

test('§10 a file is one organiser’s through one portal', async () => {
  const voucher = await withVisits(1, 'PS-1', 'Aalto')
  const purchased = await withVisits(1, 'OP-1', 'Virtanen')
  const elsewhere = await withVisits(1, 'PS-2', 'Toivonen')
  await putDecision(purchased.family, { funding: 'purchased' })
  await putDecision(elsewhere.family, { organiser: 'toinen' })
  const [product] = settings.products
  if (!product) throw new Error('a product is priced')
  const { organisation } = await world.parts.store.organisation.read()
  if (!organisation) throw new Error('there is an organisation')
  const [organiser] = organisation.organisers
  if (!organiser) throw new Error('there is an organiser')
  const { revision } = await world.parts.store.organisation.read()
  await world.parts.store.organisation.replace(revision, {
    ...organisation,
    organisers: [...organisation.organisers, { ...organiser, id: 'toinen' }],
    transfers: { ...settings, products: [product, { ...product, organiser: 'toinen' }] }
  })
  const lines = await Promise.all(
    [voucher, purchased, elsewhere].map(({ visits }) => lineOf(visits[0]))
  )
  const [first, second, third] = lines
  if (!first || !second || !third) throw new Error('three lines')
  expect(lines.map(({ organiser: of, channel }) => [of, channel])).toEqual([
    ['mallikunta', 'psop'],
    ['mallikunta', 'palse'],
    ['toinen', 'psop']
  ])
  for (const mixed of [
    [first, second],
    [first, third]
  ])
    expect(issuesOf(await exported(mixed))).toEqual([409, [{ path: ['events'], code: 'mixed' }]])
  expect(await disclosed()).toEqual([])
  for (const line of lines) expect((await exported([line])).status).toBe(201)
})

test('an event is of one visit: an id given twice is told, and one that is taken overwrites nothing', async () => {
  const { family, visits } = await withVisits(3)
  await walk(visits[0], 'recorded')
  const told = await lineOf(visits[0])
  const [first, second] = [await lineOf(visits[1]), await lineOf(visits[2])]
  const event = newEntryId(world)
  const twice = await post(
    moveOf(first, 'recorded', { event }),
    moveOf(second, 'recorded', { event })
  )
  expect(issuesOf(twice)).toEqual([422, [{ path: ['moves', 1, 'event'], code: 'taken' }]])
  expect(issuesOf(await exported([first, second], false, () => event))).toEqual([
    409,
    [{ path: ['events', 1], code: 'taken' }]
  ])
  const taken = [told.event?.id, family.decision, visits[2]]
  for (const id of taken) {
    if (!id) throw new Error('an id')
    expect(await outcomesOf(moveOf(first, 'recorded', { event: id }))).toEqual(['conflict'])
    const file = await exported([first], false, () => id)
    expect([file.status, codeOf(file)]).toEqual([409, 'conflict'])
  }
  expect((await lineOf(visits[0])).event).toEqual(told.event)
  expect((await lineOf(visits[1])).event).toBeNull()
  expect(await disclosed()).toHaveLength(1)
})

test('a step back is taken as often as it is asked for, and once when its answer was lost', async () => {
  const { visits } = await withVisits(1)
  await walk(visits[0], 'recorded', 'approved', 'settled')
  const reason = 'Väärä rivi'
  for (const state of ['approved', 'recorded'] as const) {
    const move = moveOf(await lineOf(visits[0]), 'take-back', { reason })
    expect(await outcomesOf(move)).toEqual(['done'])
    const line = await lineOf(visits[0])
    expect(stateOfLine(line)).toBe(state)
    expect(await outcomesOf(move)).toEqual(['done'])
    expect((await lineOf(visits[0])).event).toEqual(line.event)
  }
})

test('an event credited by mistake stands again, as long as no other stands for its visit', async () => {
  const { visits } = await withVisits(1)
  await walk(visits[0], 'recorded', 'approved', 'settled', 'credited')
  const credited = await lineOf(visits[0])
  const [former] = credited.former
  if (!former) throw new Error('it is behind the line')
  const back = moveOf(credited, 'take-back', {
    event: former.id,
    from: 'credited',
    reason: 'Väärä rivi'
  })
  await walk(visits[0], 'recorded')
  expect(await outcomesOf(back)).toEqual(['conflict'])
  await walk(visits[0], 'withdrawn')
  expect(await outcomesOf(back, back)).toEqual(['done', 'done'])
  const line = await lineOf(visits[0])
  expect([line.event?.id, stateOfLine(line)]).toEqual([former.id, 'settled'])
  expect(line.event?.data.history.at(-1)).toMatchObject({ takesBack: true, reason: 'Väärä rivi' })
})

test('§10 what left in a file and was withdrawn does not leave again unnoticed', async () => {
  const { visits } = await withVisits(1)
  expect((await exported((await read()).lines)).status).toBe(201)
  await walk(visits[0], 'withdrawn')
  const line = await lineOf(visits[0])
  expect(issuesOf(await exported([line]))).toEqual([
    409,
    [{ path: ['events', 0], code: 'exported-before' }]
  ])
  expect((await exported([line], true)).status).toBe(201)
})

test('one bad line keeps the whole file here, and nothing is marked', async () => {
  const { visits } = await withVisits(2)
  await walk(visits[0], 'recorded')
  const { lines } = await read()
  const answer = await exported(lines)
  expect(bodyOf<{ issues: unknown }>(answer).issues).toEqual([
    { path: ['events', 0], code: 'recorded' }
  ])
  expect((await lineOf(visits[1])).event).toBeNull()
})

test('an event at day 58 is told on Tilanne before the portal shuts, by number only', async () => {
  const { family } = await withVisits(0)
  await putVisit(family, { day: '2026-10-25' })
  world.clock.set(instantOf('2026-12-22' as Day, 9))
  office = await world.signedIn(mainUser)
  const situation = await office.ask('GET', '/api/office/situation')
  expect(bodyOf<{ transfers: unknown }>(situation).transfers).toEqual([
    { alarm: 'window-closing', month: '2026-10', count: 1 }
  ])
  const carer = await world.signedIn(await world.user({ role: 'main-user', tasks: ['care'] }))
  expect(
    bodyOf<{ transfers: unknown }>(await carer.ask('GET', '/api/office/situation')).transfers
  ).toEqual([])
})

test('§10 an ending waits for what its portals have not heard, and for what was corrected since', async () => {
  const { family, visits } = await withVisits(2)
  const path = `/api/office/customerships/${family.id}/ending`
  const untold = async () => {
    const { list } = endingAnswerSchema.parse((await office.ask('GET', path)).body)
    return list.find(({ code }) => code === 'portal-events')?.count
  }
  const correct = async (minutes: number) => {
    world.clock.advance(60_000)
    await putVisit(family, { ...(visits[0] ? { id: visits[0] } : {}), minutes })
  }
  await family.end('2026-11-22' as Day)
  expect(await untold()).toBe(2)
  await walk(visits[0], 'recorded')
  expect(await untold()).toBe(1)
  await walk(visits[1], 'recorded')
  expect(await untold()).toBe(0)
  await correct(120)
  expect(await untold()).toBe(1)
  const word = { act: 'tick', item: 'portal-events', how: 'Korjattu tilaajan kanssa' }
  expect((await family.post('ending/acts', word)).status).toBe(200)
  expect(await untold()).toBe(0)
  // The word was of what there was then.
  await correct(150)
  expect(await untold()).toBe(1)
})

test('§7 with the customership its events go, from the ledger too; the log keeps that something left', async () => {
  const { family, visits } = await withVisits(1)
  await walk(visits[0], 'recorded')
  const planned = await world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, family.id, 'asked', mainUser.id)
  )
  expect((await read()).lines).toEqual([])
  if (!planned) throw new Error('there is something to delete')
  for (const step of deletionSteps(world.parts, planned)) await step()
  expect(await read()).toMatchObject({ lines: [], months: [] })
  expect(await disclosed()).toMatchObject([{ customership: family.id, clientName: null }])
})

test('settings name organisers and products that there are, once', async () => {
  const answer = await office.ask('GET', '/api/office/organisation')
  const { revision: based } = bodyOf<{ revision: number }>(answer)
  const [terms] = settings.terms
  const wrong = {
    ...settings,
    terms: [terms, terms],
    products: [{ ...settings.products[0], product: 'unheard-of' }]
  }
  const put = await office.ask('PUT', '/api/office/organisation/transfers', {
    based,
    transfers: wrong
  })
  expect(put.status).toBe(422)
  expect(bodyOf<{ issues: unknown }>(put).issues).toEqual([
    { path: ['transfers', 'products', 0, 'product'], code: 'unknown' },
    { path: ['transfers', 'terms', 1, 'organiser'], code: 'taken' }
  ])
})
