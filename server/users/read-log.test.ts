import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { usageAnswerSchema, type UsageAnswer } from '#contract/usage.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const minute = 60_000
const day = 86_400_000

let world: World
let office: Client
let worker: User
let family: Family

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker', displayName: 'Kaisla Koivu' })
  family = await Family.open(world, office)
})
afterEach(() => world.close())

async function log(before = '', by = office): Promise<UsageAnswer> {
  const query = before === '' ? '' : `?before=${encodeURIComponent(before)}`
  const answer = await by.ask('GET', `/api/office/customerships/${family.id}/log${query}`)
  expect(answer.status).toBe(200)
  return usageAnswerSchema.parse(answer.body)
}

test('§12 the log tells who, on which tablet, when and for what, the newest first', async () => {
  await family.assign(worker.id)
  world.clock.advance(minute)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const { lines, next } = await log()
  expect(next).toBeNull()
  expect(lines.map(({ kind }) => kind)).toEqual(['send', 'write', 'write'])
  expect(lines[0]).toEqual({
    at: '2026-11-22T07:01:00.000Z',
    kind: 'send',
    purpose: 'carrying-out',
    user: worker.id,
    userName: 'Kaisla Koivu',
    device: tablet.device,
    deviceName: 'Tabletti'
  })
})

test('it comes in pages, and what happened at once is never cut in two', async () => {
  const { usage } = world.parts.store
  const use = { customership: family.id, user: worker.id, device: null, purpose: null } as const
  for (let index = 0; index < 120; index += 1)
    await usage.append([
      { ...use, kind: 'show', at: world.clock.now() + Math.floor(index / 7) * minute }
    ])
  const all = []
  let before = ''
  for (let page = 0; page < 9; page += 1) {
    const { lines, next } = await log(before)
    all.push(...lines)
    if (next === null) break
    before = next
  }
  expect(all).toHaveLength(121)
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .sort()
      .reverse()
  )
})

test('§7 it outlives the client’s data, and who oversees reads it', async () => {
  await family.end(addDays(dayAt(world.clock.now()), 1))
  await family.settle()
  world.clock.advance(90 * day)
  await world.app.jobs.runDue()
  expect(await world.parts.store.register.find(family.id)).toBeNull()
  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  const { lines } = await log('', await world.signedIn(overseer))
  expect(lines.length).toBeGreaterThan(0)
})
