import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment, type Day } from '#contract/day.ts'
import { hoursSeries } from '#contract/hours.ts'
import type { CustomershipId } from '#contract/id.ts'
import { monthOf, type Month } from '#contract/month.ts'
import type { Task } from '#contract/role.ts'
import {
  statisticsAnswerSchema,
  type Statistic,
  type StatisticsAnswer
} from '#contract/statistics.ts'
import type { VisitState } from '#contract/visit.ts'
import { commitDeletion, deletionSteps } from '#server/ending/delete-customership.ts'
import {
  comingMonths,
  keepTallying,
  sumCounted,
  type Tallying
} from '#server/statistics/tallying.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User

const day = 86_400_000
const span = 'from=2026-10&until=2026-11'

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
})
afterEach(() => world.close())

const today = (): Day => dayAt(world.clock.now())

/** A family with visits in this month and the last, of one product and then of the others named. */
async function withVisits(others: readonly string[] = []): Promise<Family> {
  const family = await Family.open(world, office)
  const states: VisitState[] = ['completed', 'cancelled-late', 'planned', 'completed']
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const [decision] = await change.ofKind('decision')
      if (!decision) throw new Error('a family has a decision')
      for (const product of ['home-service', ...others]) {
        const id = product === 'home-service' ? decision.id : newEntryId(world)
        await change.put('decision', id, { ...decision.data, product }, mainUser.id)
        for (const [index, state] of states.entries()) {
          const start = instantOf(addDays(today(), -12 * index), 8)
          const [from, to] = [toMoment(start), toMoment(start + 50 * 60_000)]
          const held = state === 'completed' ? { startedAt: from, endedAt: to } : {}
          const planned = { plannedStart: from, plannedEnd: toMoment(start + 3_600_000) }
          const visit = { decision: id, product, worker: worker.id, state, ...planned, ...held }
          await change.put('visit', newEntryId(world), visit, mainUser.id)
        }
      }
    })
  )
  return family
}

async function several(count: number, others: readonly string[] = []): Promise<Family[]> {
  const families: Family[] = []
  while (families.length < count) families.push(await withVisits(others))
  return families
}

async function readAll(client = office, months = span): Promise<StatisticsAnswer> {
  const answer = await client.ask('GET', `/api/office/statistics?${months}`)
  expect(answer.status).toBe(200)
  return statisticsAnswerSchema.parse(answer.body)
}

const read = async (client = office, months = span): Promise<Statistic[]> =>
  (await readAll(client, months)).statistics

/** What stays when a customership is gone: what runs out does not. */
async function readPast() {
  const { statistics, granted } = await readAll()
  return { statistics, granted }
}

const plan = (id: CustomershipId) =>
  world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, id, 'asked', mainUser.id)
  )

async function remove(family: Family): Promise<void> {
  const planned = await plan(family.id)
  if (!planned) throw new Error('there is nothing to delete')
  for (const step of deletionSteps(world.parts, planned)) await step()
}

const storedTallies = () => world.parts.store.files.register.sql.selectFrom('tallies').selectAll()

test('§7 the statistics are the same before and after a deletion', async () => {
  const { organisation } = await world.parts.store.organisation.read()
  if (!organisation) throw new Error('the register is set up')
  await world.parts.store.organisation.write({
    ...organisation,
    rules: [
      {
        organiser: 'mallikunta',
        from: '2026-01-01' as Day,
        roundingMinutes: 30,
        roundingMode: 'up',
        minBillableMinutes: 0,
        cancelNoticeHours: 24,
        cancelBillable: true,
        shared: 'each'
      }
    ]
  })
  const families = [...(await several(3)), ...(await several(3, ['family-work']))]
  const before = await readPast()
  expect(before.statistics).toContainEqual(
    expect.objectContaining({
      month: '2026-11',
      organiser: 'mallikunta',
      product: 'home-service',
      figures: {
        customers: 6,
        visits: 12,
        completed: 6,
        outcomes: {
          completed: 6,
          'cancelled-in-time': 0,
          'cancelled-late': 6,
          'not-at-home': 0,
          'cancelled-by-provider': 0
        },
        plannedMinutes: 12 * 60,
        actualMinutes: 6 * 50,
        billableMinutes: 12 * 60
      }
    })
  )
  for (const family of families) {
    await remove(family)
    expect(await readPast()).toEqual(before)
  }
  await world.stop()
  await world.start()
  expect(await readPast()).toEqual(before)
})

test('§7 at its deadline, too, a customership stays in the statistics', async () => {
  const [family] = await several(5)
  const before = await readPast()
  await family?.end(today())
  await family?.settle()
  world.clock.advance(61 * day)
  await world.app.jobs.runDue()
  expect(await world.parts.store.certificates.list()).toHaveLength(1)
  office = await world.signedIn(mainUser)
  expect(await readPast()).toEqual(before)
})

test('§7 a deletion that is cut after any step and resumed counts once', async () => {
  const families = await several(8)
  const before = await readPast()
  for (const [done, family] of families.entries()) {
    const planned = await plan(family.id)
    if (!planned) throw new Error('there is nothing to delete')
    for (const step of deletionSteps(world.parts, planned).slice(0, done)) await step()
    expect(await readPast()).toEqual(before)
    await plan(family.id)
    await world.stop()
    await world.start()
    await world.app.jobs.runDue()
    expect(await readPast()).toEqual(before)
  }
})

test('a deletion that is not committed leaves nothing in the sums', async () => {
  const [family] = await several(5)
  const before = await readPast()
  if (!family) throw new Error('there are five')
  await expect(
    world.parts.store.register.transact(async (tx) => {
      await commitDeletion(world.parts, tx, family.id, 'asked', mainUser.id)
      throw new Error('cut')
    })
  ).rejects.toThrow('cut')
  expect(await storedTallies().execute()).toEqual([])
  expect(await readPast()).toEqual(before)
})

test('a customership that is deleted while somebody reads counts once', async () => {
  const [family] = await several(5)
  const { store } = world.parts
  const past = { from: '2026-10' as Month, until: '2026-11' as Month }
  const tallying = keepTallying(store, world.clock)
  const sum = (of: Tallying) => sumCounted(store, of, past, comingMonths(today()))
  const { visits, granted } = await sum(tallying)
  /** What was kept a moment ago; in that moment the deletion is committed. */
  const overtaken: Tallying = {
    async values() {
      const kept = new Map(await tallying.values())
      if (family && kept.has(family.id)) await plan(family.id)
      return kept
    }
  }
  expect(await sum(overtaken)).toMatchObject({ visits, granted })
  expect(await sum(overtaken)).toMatchObject({ visits, granted })
})

test('§– fewer than five clients are told as few, and no number of theirs leaves the server', async () => {
  await several(4)
  const statistics = await read()
  expect(statistics).toHaveLength(8)
  for (const { figures, hidden } of statistics) expect([figures, hidden]).toEqual([null, 'small'])

  await withVisits(['family-work'])
  for (const { organiser, product, figures, hidden } of await read()) {
    if (product === 'family-work') expect([figures, hidden]).toEqual([null, 'small'])
    // Five of the one and one of the other: the sum would give the other away.
    else if (product === null)
      expect([organiser, figures, hidden]).toEqual([organiser, null, 'covering'])
    else expect(figures?.customers).toBe(5)
  }
})

test('what deleted and living clients were together is as small as it is', async () => {
  const [first] = await several(5)
  if (!first) throw new Error('there are five')
  await remove(first)
  for (const { figures } of await read()) expect(figures?.customers).toBe(5)
  const rows = await storedTallies().execute()
  expect(rows.map(({ customers }) => customers)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
  expect(rows.map(({ grantedMinutes }) => grantedMinutes)).toEqual(Array(8).fill(600))
})

test('§7 what remains of a deleted customership holds no identity and nothing finer than a month', async () => {
  const family = await withVisits(['family-work'])
  const known = await world.parts.store.register.read(family.id, (reader) => reader.entries())
  await remove(family)
  const rows = await storedTallies().execute()
  expect(rows.length).toBeGreaterThan(0)
  const said = JSON.stringify(rows)
  const ids = [family.id, worker.id, mainUser.id, ...(known ?? []).map(({ id }) => id)]
  for (const id of ids) expect(said).not.toContain(id)
  expect(said).not.toMatch(/\d{4}-\d{2}-\d{2}|[0-9a-f]{8}-[0-9a-f]{4}/)
  for (const { month, organiser, product } of rows) {
    expect([monthOf(today()), '2026-10']).toContain(month)
    expect(['', 'mallikunta']).toContain(organiser)
    expect(['', 'home-service', 'family-work']).toContain(product)
  }
})

test('§– nothing finer than organiser, month and product is told, and nobody is named', async () => {
  const families = await several(6)
  const { text } = await office.ask('GET', `/api/office/statistics?${span}`)
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d{2}-\d{2}|Aino|Kuusinen/)
  for (const { id } of families) expect(text).not.toContain(id)
  const place = ['hidden', 'month', 'organiser', 'product']
  const { statistics, granted, expiring } = await readAll()
  for (const statistic of statistics)
    expect(Object.keys(statistic).sort()).toEqual(['figures', ...place])
  for (const sum of [...granted, ...expiring.sums])
    expect(Object.keys(sum).sort()).toEqual(['amount', ...place])
})

const everywhere = (place: { organiser: string | null; product: string | null }) =>
  place.organiser === null && place.product === null

test('§6 what was granted is told by month, organiser and product, and agrees with the hours', async () => {
  const families = await several(6)
  const { granted, statistics } = await readAll()
  for (const month of ['2026-10', '2026-11'])
    expect(granted).toContainEqual({
      ...{ month, organiser: 'mallikunta', product: 'home-service' },
      ...{ amount: 6 * 600, hidden: null }
    })
  const used = statistics.filter(everywhere).map(({ figures }) => figures?.billableMinutes ?? 0)
  let usedMinutes = 0
  for (const family of families)
    usedMinutes += (await hoursAtOffice(family)).reduce((sum, one) => sum + one.usedMinutes, 0)
  expect(used.reduce((sum, one) => sum + one, 0)).toBe(usedMinutes)
})

test('the grants of fewer than five are told as few, nor can they be computed', async () => {
  await several(5)
  await withVisits(['family-work'])
  const { granted } = await readAll()
  for (const { organiser, product, amount, hidden } of granted)
    if (product === 'family-work') expect([amount, hidden]).toEqual([null, 'small'])
    else if (product === null)
      expect([organiser, amount, hidden]).toEqual([organiser, null, 'covering'])
    else expect(amount).toBe(6 * 600)
})

test('a grant without a visit is told, and one of a customership that ended is not', async () => {
  const families = await several(6)
  const november = (answer: StatisticsAnswer) =>
    answer.granted.filter((one) => one.month === '2026-11' && everywhere(one))
  await families[0]?.end('2026-10-31' as Day)
  expect(november(await readAll())).toMatchObject([{ amount: 5 * 600 }])
  await families[1]?.end('2026-10-31' as Day)
  expect(november(await readAll())).toMatchObject([{ amount: null, hidden: 'small' }])
  for (let more = 0; more < 2; more += 1) await Family.open(world, office)
  expect(november(await readAll())).toMatchObject([{ amount: 6 * 600 }])
})

test('§6 what runs out is told by its month, until a next decision follows or the customership ends', async () => {
  const families = await several(6)
  const runsOut = monthOf(addDays(today(), 300))
  const expiring = async () => {
    const { sums, ...months } = (await readAll()).expiring
    expect(months).toEqual({ from: '2026-11', until: '2027-10' })
    expect(new Set(sums.map(({ month }) => month))).toEqual(new Set([runsOut]))
    return sums.filter(everywhere).map(({ amount, hidden }) => amount ?? hidden)
  }
  expect(await expiring()).toEqual([6])
  const [first, second] = families
  await follow(first!, { from: addDays(today(), 301), until: addDays(today(), 800) })
  expect(await expiring()).toEqual([5])
  await second?.end(addDays(today(), 3))
  expect(await expiring()).toEqual(['small'])
})

/** The next decision of the same product. */
async function follow(family: Family, valid: { from: Day; until: Day }): Promise<void> {
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      const [decision] = await change.ofKind('decision')
      if (!decision) throw new Error('a family has a decision')
      await change.put('decision', newEntryId(world), { ...decision.data, ...valid }, mainUser.id)
    })
  )
}

/** What the office is told of one client's hours: counted anew by the rules of the contract. */
async function hoursAtOffice(family: Family) {
  const found = await world.parts.store.register.read(family.id, async (reader) => ({
    decisions: await reader.ofKind('decision'),
    visits: (await reader.ofKind('visit')).map(({ data }) => data)
  }))
  return (found?.decisions ?? []).flatMap(({ id, data }) =>
    hoursSeries(id, data, found?.visits ?? [], [])
  )
}

test('a longer period tells of no month more than that month alone', async () => {
  await several(6)
  await withVisits(['family-work'])
  const both = await read()
  const november = await read(office, 'from=2026-11&until=2026-11')
  expect(both.filter(({ month }) => month === '2026-11')).toEqual(november)
})

test('§12 only a main user who reports or administers reads them', async () => {
  const status = async (client: Client) =>
    (await client.ask('GET', `/api/office/statistics?${span}`)).status
  expect(await status(await world.worker())).toBe(403)
  const cases: [Task[], number][] = [
    [['reporting'], 200],
    [['administration'], 200],
    [['care', 'documents'], 403],
    [['oversight'], 403]
  ]
  for (const [tasks, expected] of cases) {
    const user = await world.user({ role: 'main-user', tasks })
    expect([tasks, await status(await world.signedIn(user))]).toEqual([tasks, expected])
  }
})

test.each([
  ['', 'invalid'],
  ['from=2026-11', 'invalid'],
  ['from=2026-13&until=2026-13', 'invalid'],
  ['from=2026-11-01&until=2026-11-30', 'invalid'],
  ['from=2026-11&until=2026-10', 'invalid'],
  ['from=2020-01&until=2026-10', 'invalid'],
  [`${span}&worker=1`, 'unknown-property']
])('a period %s is no period', async (months, code) => {
  expect(codeOf(await office.ask('GET', `/api/office/statistics?${months}`))).toBe(code)
})

test('reading the statistics stands in the log with its purpose', async () => {
  await read()
  const uses = await world.parts.store.files.register.sql
    .selectFrom('uses')
    .selectAll()
    .where('user', '=', mainUser.id)
    .execute()
  expect(uses).toMatchObject([{ kind: 'list', purpose: 'statistics', customership: null }])
})
