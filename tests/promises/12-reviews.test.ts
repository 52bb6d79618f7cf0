import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import { customershipIdSchema } from '#contract/id.ts'
import { actsAnswerSchema } from '#contract/log.ts'
import { situationSchema } from '#contract/office.ts'
import {
  reviewAnswerSchema,
  reviewsAnswerSchema,
  type Judgement,
  type ReviewAnswer
} from '#contract/review.ts'
import type { Task } from '#contract/role.ts'
import { keepLogs } from '#server/audit/keep-logs.ts'
import { recordUse } from '#server/audit/usage.ts'
import { restore } from '#server/backups/restore.ts'
import { takeBackup } from '#server/backups/take-backup.ts'
import { readConfig } from '#server/config.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import { registerMap } from '#server/store/deletion-map.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

const hour = 3_600_000
const day = 24 * hour

let world: World
let reviewer: User
let other: User
let worker: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  reviewer = await world.user({ role: 'main-user', displayName: 'Sirpa Tarkastaja' })
  other = await world.user({ role: 'main-user', displayName: 'Toinen Tarkastaja' })
  worker = await world.user({ role: 'worker', displayName: 'Helmi Hoitaja' })
  office = await world.signedIn(reviewer)
  family = await Family.open(world, office, 'Kuusinen')
})
afterEach(() => world.close())

const today = (): Day => dayAt(world.clock.now())

/** Uses of the family by one user, one each minute, in daylight. */
async function use(user: User, count: number, of = family.id): Promise<void> {
  for (let time = 0; time < count; time += 1) {
    world.clock.advance(60_000)
    const used = { customership: of, user: user.id, kind: 'write', purpose: 'planning' } as const
    await recordUse(world.parts.store, world.clock, used)
  }
}

const asked = (o: { from?: Day; until?: Day; sample?: number; id?: string } = {}) => ({
  id: randomUUID(),
  from: addDays(today(), -30),
  until: today(),
  sample: 5,
  ...o
})

const readAnswer = (answer: Answer, status = 200): ReviewAnswer => {
  expect(answer.status, answer.text).toBe(status)
  return reviewAnswerSchema.parse(answer.body)
}

const draw = async (by: Client, o: Parameters<typeof asked>[0] = {}) =>
  readAnswer(await by.ask('POST', '/api/office/reviews', asked(o)), 201)

/** Signed in anew, with what is renewed each year renewed. */
async function as(user: User): Promise<Client> {
  const now = world.clock.now()
  await world.parts.store.users.change(user.id, { pledgedAt: now, trainedAt: now })
  return world.signedIn(user)
}

const judge = (by: Client, { review }: ReviewAnswer, judgement: Partial<Judgement>) =>
  by.ask('POST', `/api/office/reviews/${review.id}/judgements`, {
    based: 0,
    finding: 'fine',
    consequence: null,
    ...judgement
  })

const close = (by: Client, { review }: ReviewAnswer) =>
  by.ask('POST', `/api/office/reviews/${review.id}/closing`, {})

async function judgeAll(by: Client, drawn: ReviewAnswer): Promise<void> {
  for (const { line } of drawn.lines) readAnswer(await judge(by, drawn, { line }))
}

const list = async (by: Client) => {
  const answer = await by.ask('GET', '/api/office/reviews')
  expect(answer.status, answer.text).toBe(200)
  return reviewsAnswerSchema.parse(answer.body)
}

test('§12 a sample is as large as was asked, of the period, and another one another time', async () => {
  await use(worker, 40)
  world.clock.advance(3 * day)
  await use(worker, 10)
  office = await as(reviewer)
  const period = { from: addDays(today(), -4), until: addDays(today(), -1), sample: 20 }
  const samples = new Set<string>()
  for (let time = 0; time < 3; time += 1) {
    const { review, lines } = await draw(office, period)
    expect(review).toMatchObject({ drawn: 20, unusual: 0, judged: 0, closedAt: null })
    expect(lines).toHaveLength(20)
    for (const { use: one } of lines) {
      expect(one?.user).toBe(worker.id)
      expect(dayAt(Date.parse(one?.at ?? '')) <= period.until).toBe(true)
    }
    samples.add(lines.map(({ line }) => line).join())
  }
  expect(samples.size).toBeGreaterThan(1)
})

test('§12 what is drawn stays as it was drawn, however often it is asked for', async () => {
  await use(worker, 20)
  office = await as(reviewer)
  const same = asked()
  const first = readAnswer(await office.ask('POST', '/api/office/reviews', same), 201)
  await use(worker, 20)
  office = await as(reviewer)
  const again = readAnswer(await office.ask('POST', '/api/office/reviews', same), 201)
  expect(again.lines.map(({ line }) => line)).toEqual(first.lines.map(({ line }) => line))
  expect((await list(office)).reviews).toHaveLength(1)
})

test('§12 every unusual use is drawn beside the sample, by each of the three rules', async () => {
  const relative = await world.user({ role: 'worker', displayName: 'Maija Kuusinen' })
  await use(worker, 60)
  await use(relative, 2)
  const store = world.parts.store
  const hasty = await world.user({ role: 'worker', displayName: 'Kiireinen Hoitaja' })
  for (let time = 0; time < 32; time += 1) {
    world.clock.advance(1000)
    await store.usage.append([
      {
        ...{ customership: family.id, user: hasty.id, device: null },
        ...{ kind: 'open', purpose: 'planning', at: world.clock.now() }
      }
    ])
  }
  world.clock.set('2026-11-23T01:00:00Z')
  await use(worker, 1)
  world.clock.advance(8 * hour)
  office = await as(reviewer)
  const { review, lines } = await draw(office)
  const rules = lines.flatMap(({ use: one }) => one?.unusual ?? [])
  expect(rules.filter((rule) => rule === 'night')).toHaveLength(1)
  expect(rules.filter((rule) => rule === 'own-name')).toHaveLength(2)
  expect(rules.filter((rule) => rule === 'many')).toHaveLength(2)
  expect(review.drawn).toBe(5)
  expect(lines).toHaveLength(review.drawn + review.unusual)
})

test('§12 nobody draws or judges their own use; whoever draws next has those of the one before', async () => {
  await use(worker, 3)
  await use(reviewer, 4)
  await use(other, 2)
  office = await as(reviewer)
  const first = await draw(office, { sample: 100 })
  expect(first.lines.every(({ use: one }) => one?.user !== reviewer.id)).toBe(true)
  const mine = first.lines.find(({ use: one }) => one?.user === other.id)
  const second = await as(other)
  const refused = await judge(second, first, { line: mine?.line ?? 0 })
  expect([refused.status, codeOf(refused)]).toEqual([403, 'not-allowed'])
  const seen = await second.ask('GET', `/api/office/reviews/${first.review.id}`)
  expect(readAnswer(seen).lines.find(({ line }) => line === mine?.line)?.isOwn).toBe(true)

  world.clock.advance(2 * day)
  await use(worker, 1)
  const next = await draw(await as(other), { from: today(), sample: 100 })
  const users = next.lines.map(({ use: one }) => one?.user)
  // Opening the family was a use of the reviewer's as well.
  expect(users.filter((id) => id === reviewer.id).length).toBeGreaterThanOrEqual(4)
  expect(users.filter((id) => id === worker.id)).toHaveLength(1)
  expect(users).not.toContain(other.id)
})

test('§12 a period is a quarter at most, not to come, and has somebody else’s use', async () => {
  const wrong = async (o: Parameters<typeof asked>[0]) => {
    const answer = await office.ask('POST', '/api/office/reviews', asked(o))
    return [answer.status, (answer.body as { issues?: { code: string }[] }).issues?.[0]?.code]
  }
  expect(await wrong({})).toEqual([422, 'no-uses'])
  await use(worker, 1)
  expect(await wrong({ from: addDays(today(), -92) })).toEqual([422, 'too-long'])
  expect(await wrong({ until: addDays(today(), 1) })).toEqual([422, 'future'])
  expect(await wrong({ from: today(), until: addDays(today(), -1) })).toEqual([422, 'order'])
  expect((await wrong({ sample: 4 }))[0]).toBe(422)
  expect((await wrong({ sample: 101 }))[0]).toBe(422)
  await draw(office, { from: addDays(today(), -91) })
})

test('§12 a judgement that was not seen is not overwritten, and the same one twice is one', async () => {
  await use(worker, 6)
  const drawn = await draw(office)
  const [{ line } = { line: 0 }] = drawn.lines
  const second = await as(other)
  readAnswer(await judge(office, drawn, { line, finding: 'asked' }))
  const late = await judge(second, drawn, { line, finding: 'fine' })
  expect([late.status, codeOf(late)]).toEqual([409, 'conflict'])
  const again = readAnswer(await judge(office, drawn, { line, finding: 'asked' }))
  expect(again.lines.find((one) => one.line === line)).toMatchObject({
    ...{ finding: 'asked', revision: 1, judgedByName: 'Sirpa Tarkastaja' }
  })
  const changed = readAnswer(await judge(second, drawn, { line, based: 1, finding: 'fine' }))
  expect(changed.lines.find((one) => one.line === line)).toMatchObject({
    ...{ finding: 'fine', revision: 2, judgedByName: 'Toinen Tarkastaja' }
  })
})

test('§12 a breach says by a code what follows, and nothing takes free words', async () => {
  await use(worker, 5)
  const drawn = await draw(office)
  const [{ line } = { line: 0 }] = drawn.lines
  expect((await judge(office, drawn, { line, finding: 'breach' })).status).toBe(422)
  expect((await judge(office, drawn, { line, consequence: 'told' })).status).toBe(422)
  const worded = { line, based: 0, finding: 'fine', consequence: null, note: 'Aino' }
  const path = `/api/office/reviews/${drawn.review.id}/judgements`
  expect(codeOf(await office.ask('POST', path, worded))).toBe('unknown-property')
  const breach = { line, finding: 'breach', consequence: 'rights-changed' } as const
  expect(readAnswer(await judge(office, drawn, breach)).review).toMatchObject({
    findings: { breach: 1 },
    consequences: { 'rights-changed': 1 }
  })
})

test('§12 a review is closed once all is judged, stands with its figures, and is an act in the trail', async () => {
  await use(worker, 6)
  const drawn = await draw(office)
  expect(codeOf(await close(office, drawn))).toBe('something-open')
  await judgeAll(office, drawn)
  const closed = readAnswer(await close(office, drawn)).review
  expect(closed).toMatchObject({
    ...{ drawn: 5, unusual: 0, judged: 5, findings: { fine: 5, asked: 0, breach: 0 } },
    ...{ closedByName: 'Sirpa Tarkastaja', reviewers: ['Sirpa Tarkastaja'] }
  })
  const [{ line } = { line: 0 }] = drawn.lines
  const late = await judge(await as(other), drawn, { line, based: 1, finding: 'asked' })
  expect(codeOf(late)).toBe('conflict')
  const acts = actsAnswerSchema.parse((await office.ask('GET', '/api/office/acts')).body)
  expect(acts.lines.filter(({ isRefused }) => !isRefused)).toContainEqual(
    expect.objectContaining({
      ...{ act: 'POST /api/office/reviews/:review/closing', subject: drawn.review.id },
      userName: 'Sirpa Tarkastaja'
    })
  )
})

test('§12 without a closed review for 92 days it is said, on the tab and on Tilanne', async () => {
  const overdue = async () => {
    const by = await as(reviewer)
    const situation = situationSchema.parse((await by.ask('GET', '/api/office/situation')).body)
    const { overdueSince } = await list(by)
    expect(situation.reviewOverdueSince).toBe(overdueSince)
    return overdueSince
  }
  const begun = today()
  world.clock.advance(92 * day)
  expect(await overdue()).toBeNull()
  world.clock.advance(day)
  expect(await overdue()).toBe(addDays(begun, 92))
  await use(worker, 5)
  office = await as(reviewer)
  const drawn = await draw(office)
  expect(await overdue()).not.toBeNull()
  await judgeAll(await as(reviewer), drawn)
  readAnswer(await close(await as(reviewer), drawn))
  expect(await overdue()).toBeNull()
  world.clock.advance(93 * day)
  expect(await overdue()).not.toBeNull()
  const reporter = await as(await world.user({ role: 'main-user', tasks: ['reporting'] }))
  const told = await reporter.ask('GET', '/api/office/situation')
  expect(situationSchema.parse(told.body).reviewOverdueSince).toBeNull()
})

test('§12 the next period begins where the last ended, and is a quarter at most', async () => {
  const { next } = await list(office)
  expect(next).toEqual({ from: addDays(today(), -91), until: today() })
  await use(worker, 5)
  await draw(office, { until: addDays(today(), 0) })
  const until = today()
  world.clock.advance(10 * day)
  expect((await list(await as(reviewer))).next).toEqual({ from: until, until: today() })
})

test('§7 of a deleted customership the lines stay judged and name nobody, nor why they were drawn', async () => {
  const relative = await world.user({ role: 'worker', displayName: 'Maija Kuusinen' })
  await use(relative, 2)
  const drawn = await draw(office)
  expect(drawn.lines[0]?.use).toMatchObject({ clientName: 'Aino Kuusinen', unusual: ['own-name'] })
  await judgeAll(office, drawn)
  await family.end(addDays(today(), 1))
  await family.settle()
  world.clock.advance(90 * day)
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toBeNull()
  const by = await as(reviewer)
  const after = readAnswer(await by.ask('GET', `/api/office/reviews/${drawn.review.id}`))
  expect(after.lines).toHaveLength(2)
  for (const line of after.lines) {
    expect(line.finding).toBe('fine')
    expect(line.use).toMatchObject({ isDeleted: true, clientName: null, unusual: [] })
  }
  const columns = Object.keys(registerMap.reviewLines.columns)
  expect(columns).toEqual([
    ...['review', 'line', 'revision', 'finding', 'consequence', 'judgedBy', 'judgedAt']
  ])
})

test('§12 what has gone from the log by its years leaves the figures, which go by theirs', async () => {
  await use(worker, 5)
  const drawn = await draw(office)
  await judgeAll(office, drawn)
  // Closed months later: it outlives the uses that it is of.
  world.clock.advance(80 * day)
  readAnswer(await close(await as(reviewer), drawn))
  world.clock.set('2038-12-15T10:00:00Z')
  await keepLogs(world.parts)
  const by = await as(reviewer)
  const after = readAnswer(await by.ask('GET', `/api/office/reviews/${drawn.review.id}`))
  expect(after.lines.map(({ use: one, finding }) => [one, finding])).toEqual(
    drawn.lines.map(() => [null, 'fine'])
  )
  expect(after.review).toMatchObject({ drawn: 5, judged: 5, findings: { fine: 5 } })
  world.clock.set('2039-12-15T10:00:00Z')
  await keepLogs(world.parts)
  expect((await list(await as(reviewer))).reviews).toEqual([])
  expect(await world.parts.store.reviews.lines()).toEqual([])
})

test('§12 only a main user who administers or oversees has a way to reviews, and overseeing shows no name', async () => {
  await use(worker, 5)
  const drawn = await draw(office)
  const path = `/api/office/reviews/${drawn.review.id}`
  const statusFor = async (role: 'main-user' | 'worker', task: Task) => {
    const client = await as(await world.user({ role, tasks: [task] }))
    const answers = [
      await client.ask('GET', '/api/office/reviews'),
      await client.ask('GET', path),
      await client.ask('POST', '/api/office/reviews', asked()),
      await judge(client, drawn, { line: 0 }),
      await close(client, drawn)
    ]
    return answers.map(({ status }) => status)
  }
  const shut = Array.from({ length: 5 }, () => 403)
  for (const task of ['care', 'documents', 'reporting'] as const)
    expect(await statusFor('main-user', task)).toEqual(shut)
  for (const task of ['care', 'administration', 'oversight'] as const)
    expect(await statusFor('worker', task)).toEqual(shut)

  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  const oversees = readAnswer(await (await as(overseer)).ask('GET', path))
  expect(oversees.lines.map(({ use: one }) => one?.clientName)).toEqual(drawn.lines.map(() => null))
  // Looking at a review is a use itself, for the purpose that it has.
  const uses = await world.parts.store.usage.search({ user: overseer.id }, 10)
  expect(uses).toMatchObject([{ kind: 'list', purpose: 'oversight', customership: null }])
})

test('§12 what was drawn and judged since a backup outlives its restore', async () => {
  await use(worker, 5)
  const config = readConfig({ ...world.env, KOTIKAYNTI_BACKUPS: join(world.folder, 'backups') })
  const rootKey = loadRootKey(config.rootKey, config.keysFolder)
  const parts = { config, clock: world.clock, rootKey }
  const backup = await takeBackup(parts, join(world.folder, 'backups'))
  const drawn = await draw(office)
  const [{ line } = { line: 0 }] = drawn.lines
  const judged = readAnswer(await judge(office, drawn, { line, finding: 'asked' }))
  await world.stop()
  await restore(parts, backup)
  await world.start()
  const by = await as(reviewer)
  const after = await by.ask('GET', `/api/office/reviews/${drawn.review.id}`)
  expect(readAnswer(after)).toEqual(judged)
})

test('§12 what is not a review, or not a line of it, is not there', async () => {
  await use(worker, 5)
  const drawn = await draw(office)
  expect((await judge(office, drawn, { line: 999_999 })).status).toBe(404)
  const unknown = `/api/office/reviews/${customershipIdSchema.parse(randomUUID())}`
  expect((await office.ask('GET', unknown)).status).toBe(404)
  expect((await office.ask('POST', `${unknown}/closing`, {})).status).toBe(404)
})
