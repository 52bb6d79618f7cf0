import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dayAt } from '#contract/day.ts'
import { actsAnswerSchema } from '#contract/log.ts'
import { systemClock } from '#server/clock.ts'
import { commitDeletion } from '#server/ending/delete-customership.ts'
import { doDaily } from '#server/jobs/daily.ts'
import { watchClock } from '#server/jobs/watch-clock.ts'
import type { User } from '#server/store/users.ts'
import { operate } from '#tests/support/operate.ts'
import { Family } from '#tests/support/people.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { World, type Client } from '#tests/support/world.ts'

// Whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const hour = 3_600_000
const day = 24 * hour

let world: World
let server: ServerProcess | null = null
let mainUser: User
let office: Client

const open = async (now: number): Promise<void> => {
  world = await World.create({ now })
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
}
beforeEach(() => open(systemClock.now()))
afterEach(async () => {
  await server?.kill()
  await world.close()
})

const certificates = (): unknown[] => {
  const db = new Sqlite(join(world.folder, 'data', 'register.db'), { readonly: true })
  try {
    return db.prepare('SELECT customership FROM certificates').all()
  } finally {
    db.close()
  }
}

test.runIf(isOnFiles)(
  '§7 a clock that leapt ahead deletes nobody before its operator says that it is right',
  async () => {
    await world.close()
    await open(systemClock.now() - 70 * day)
    const due = await Family.open(world, office, 'Haapalainen')
    await due.end(dayAt(world.clock.now()))
    await due.settle()
    const begun = await Family.open(world, office, 'Lehtinen')
    await world.parts.store.register.transact((tx) =>
      commitDeletion(world.parts, tx, begun.id, 'asked', mainUser.id)
    )
    expect(await watchClock(world.parts)).toBe('right')
    await world.stop()

    // For the process it is seventy days later than when the register was last in use.
    server = new ServerProcess(await freePort(), world.env)
    await server.start()
    await vi.waitUntil(() => certificates().length === 1, { timeout: 20_000 })
    expect(certificates()).toEqual([{ customership: begun.id }])
    // Lines of the log and warnings come by two pipes.
    for (const said of [
      '"event":"clock-doubted","state":"ahead","hours":1680',
      'Warning: the clock leapt ahead'
    ])
      await vi.waitUntil(() => server?.output.includes(said), { timeout: 20_000 })
    await server.stop()

    const trusted = await operate(['recover', 'clock'], world.env)
    expect(trusted).toMatchObject({ code: 0, output: expect.stringContaining('is believed') })
    server.output = ''
    await server.start()
    await vi.waitUntil(() => certificates().length === 2, { timeout: 20_000 })
    await server.stop()
    expect(server.output).not.toContain('clock-doubted')
    world.clock.set(systemClock.now())
    await world.start()
    expect(world.parts.keyStore.holdsDataKey(due.id)).toBe(false)
    office = await world.signedIn(mainUser)
    const { lines } = actsAnswerSchema.parse((await office.ask('GET', '/api/office/acts')).body)
    expect(lines.some(({ act }) => act === 'console/clock')).toBe(true)
  }
)

test('a clock that is set back is told in the log until it has caught up', async () => {
  expect(await watchClock(world.parts)).toBe('right')
  world.clock.advance(-2 * hour)
  expect(await watchClock(world.parts)).toBe('behind')
  await world.stop()
  await world.start()
  expect(await watchClock(world.parts)).toBe('behind')
  const told = world.logLines.filter((line) => line.includes('clock-doubted'))
  expect(told.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { state: 'behind', hours: 2 },
    { state: 'behind', hours: 2 }
  ])
  world.clock.advance(2 * hour)
  expect(await watchClock(world.parts)).toBe('right')
})

test('what a clock that was ahead left in the future lapses, and puts nothing off', async () => {
  const now = world.clock.now()
  world.clock.advance(40 * day)
  await doDaily(world.parts)
  office = await world.signedIn(mainUser)
  expect((await office.ask('GET', '/api/office/users')).status).toBe(200)
  world.clock.set(now + day)
  expect((await office.ask('GET', '/api/office/users')).status).toBe(401)
  await doDaily(world.parts)
  expect(dayAt(world.parts.keyStore.epochBegunAt)).toBe(dayAt(now + day))
})
