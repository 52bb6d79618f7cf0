import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { customershipIdSchema, type CustomershipId } from '#contract/id.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { readings } from '#tests/support/readings.ts'
import { pathOf } from '#tests/support/refusals.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const minute = 60_000
const day = 86_400_000

let world: World
let office: Client
let worker: User
let family: Family
let tablet: WireTablet

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const reading = (customership: CustomershipId = family.id, at = world.clock.now()) => ({
  op: 'usage.report',
  customership,
  body: {
    events: [{ customership, kind: 'open', purpose: 'carrying-out', at: toMoment(at) }]
  }
})

const usesOf = (user: User) =>
  world.parts.store.files.register.sql
    .selectFrom('uses')
    .selectAll()
    .where('user', '=', user.id)
    .execute()

const opened = async (customership = family.id) =>
  (await world.parts.store.usage.of(customership)).filter(({ kind }) => kind === 'open')

describe('§12 what was read on a tablet', () => {
  test('stands in the log with who, where, for what and when; it is no writing', async () => {
    const readAt = world.clock.now()
    const item = tablet.write(reading())
    world.clock.advance(3 * day)
    expect(await tablet.push([item])).toMatchObject([{ outcome: 'applied' }])
    expect(await opened()).toEqual([
      {
        customership: family.id,
        user: worker.id,
        device: tablet.device,
        kind: 'open',
        purpose: 'carrying-out',
        at: readAt
      }
    ])
    const uses = await world.parts.store.usage.of(family.id)
    expect(uses.filter(({ kind, user }) => kind === 'write' && user === worker.id)).toEqual([])
  })

  test('raises no revision and gives nobody anything to fetch', async () => {
    const before = await world.parts.store.register.find(family.id)
    await tablet.do(reading())
    expect(await world.parts.store.register.find(family.id)).toEqual(before)
    expect((await tablet.pull()).map(({ frame }) => frame)).toEqual(['end'])
  })

  test('is written down once, however often it is delivered', async () => {
    const item = tablet.write(reading())
    for (let time = 0; time < 3; time += 1) await tablet.deliver([item])
    expect(await opened()).toHaveLength(1)
  })

  test('by a clock that was ahead is dated by its arrival, and two readings stay two', async () => {
    const ahead = world.clock.now() + day
    const items = [0, 300].map((later) => tablet.write(reading(family.id, ahead + later)))
    await tablet.push(items)
    const now = world.clock.now()
    expect((await opened()).map(({ at }) => at)).toEqual([now, now])
  })

  test('in the very moment in which another was dated by its arrival stays one of its own', async () => {
    const arrival = world.clock.now()
    await tablet.push([tablet.write(reading(family.id, arrival + day))])
    world.clock.advance(minute)
    await tablet.push([tablet.write(reading(family.id, arrival))])
    expect((await opened()).map(({ at }) => at)).toEqual([arrival, arrival])
  })

  test('is told late, after the assignment, and of what is closed', async () => {
    const item = tablet.write(reading())
    await family.end(dayAt(world.clock.now()))
    world.clock.advance(20 * day)
    await world.app.jobs.runDue()
    expect((await world.parts.store.register.find(family.id))?.state).toBe('closed')
    expect(await tablet.push([item])).toMatchObject([{ outcome: 'applied' }])
    expect(await opened()).toHaveLength(1)
  })

  test('is told by a revoked tablet, and by one whose user has left', async () => {
    const item = tablet.write(reading())
    await office.ask('DELETE', `/api/devices/${tablet.device}`)
    await world.parts.store.users.change(worker.id, { state: 'closed' })
    expect(await tablet.push([item])).toMatchObject([{ outcome: 'applied' }])
    expect(await opened()).toHaveLength(1)
    expect(await world.parts.store.operations.heldCount()).toBe(0)
  })

  test('§7 is told of a deleted customership too: by its id, once, and the report is discarded', async () => {
    const lost = tablet.write(reading(family.id, world.clock.now() - 5 * minute))
    await tablet.deliver([lost])
    const late = tablet.write(reading())
    await family.end(addDays(dayAt(world.clock.now()), 1))
    await family.settle()
    world.clock.advance(90 * day)
    await world.app.jobs.runDue()
    expect(await world.parts.store.register.find(family.id)).toBeNull()
    for (let time = 0; time < 3; time += 1) {
      const { results } = await tablet.deliver([lost, late])
      expect(results).toMatchObject([
        { outcome: 'discarded', code: 'customership-deleted' },
        { outcome: 'discarded', code: 'customership-deleted' }
      ])
    }
    expect(await opened()).toHaveLength(2)
  })

  test('is told of one that a restored register does not know', async () => {
    const unknown = customershipIdSchema.parse(randomUUID())
    expect(await tablet.do(reading(unknown))).toMatchObject({ outcome: 'applied' })
    expect(await opened(unknown)).toHaveLength(1)
  })

  test('is not told by another than its author, nor unsigned', async () => {
    const forged = { ...tablet.write(reading()), sig: tablet.sign('x', 1, 'x') }
    expect(await tablet.push([forged])).toMatchObject([{ code: 'unsigned' }])
    const other = await world.user({ role: 'worker' })
    const foreign = tablet.write({ ...reading(), payload: { author: other.id } })
    expect(await tablet.push([foreign])).toMatchObject([{ code: 'not-author' }])
    expect(await opened()).toEqual([])
  })
})

describe.each(Object.entries(readings).filter(([, { tells }]) => tells.length > 0))(
  '§12 %s',
  (route, { body, query = '' }) => {
    test('leaves a line that says who and for what', async () => {
      const visit = await family.plan(worker.id)
      await tablet.do({
        op: 'note.draft',
        customership: family.id,
        body: family.note(newEntryId(world), visit, { done: 'Ruokailu' })
      })
      // One that was held, and of which nobody wrote.
      const startedAt = toMoment(world.clock.now() - 2 * day)
      await tablet.do({
        op: 'visit.record',
        customership: family.id,
        body: family.visit(newEntryId(world), { startedAt })
      })
      const reader = await world.user({ role: 'main-user' })
      const [method = '', pattern = ''] = route.split(' ')
      const ids = { customership: family.id, device: tablet.device, user: worker.id }
      const client = await world.signedIn(reader)
      const answer = await client.ask(method, pathOf(pattern, ids) + query, body?.(ids))
      expect(answer.status).toBe(200)
      const lines = await usesOf(reader)
      expect(lines).toHaveLength(1)
      expect(lines[0]?.purpose).not.toBeNull()
    })
  }
)

test('§12 what is sent to a tablet leaves a line for each customership', async () => {
  expect(await usesOf(worker)).toMatchObject([
    { customership: family.id, device: tablet.device, kind: 'send', purpose: 'carrying-out' }
  ])
})
