import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { actsAnswerSchema } from '#contract/log.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { consoleCommands } from '#server/console/commands.ts'
import { ConsoleError } from '#server/console/console-error.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import type { User } from '#server/store/users.ts'
import { operate } from '#tests/support/operate.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

// Whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const password = 'kärpänen lentää yöllä'

let world: World
let server: ServerProcess | null = null
let mainUser: User
let worker: User

beforeEach(async () => {
  world = await World.create({ now: systemClock.now() })
  mainUser = await world.user({ role: 'main-user', username: 'paula', password })
  worker = await world.user({ role: 'worker', username: 'maija', password })
})
afterEach(async () => {
  await server?.kill()
  await world.close()
})

/** As the operator types it. */
const typed = (...args: readonly string[]) => operate(['recover', ...args], world.env)

/** The same in this process, where a test asks for many. */
async function recover(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const config = readConfig(world.env)
  const rootKey = loadRootKey(config.rootKey, config.keysFolder, { mayMake: false })
  try {
    const lines = await consoleCommands.recover({ config, clock: world.clock, rootKey }, args)
    return { code: 0, output: `${lines.join('\n')}\n` }
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error
    return { code: 1, output: `${error.message}\n` }
  }
}

/** What somebody who is let back in does with the link; the password is theirs alone. */
async function useLink(output: string, username: string): Promise<number> {
  const code = /\/welcome#([\w-]{43})\n$/.exec(output)?.[1]
  expect(code, output).toBeDefined()
  const client = world.client()
  const body = { code, username, displayName: 'Palautettu', password: 'uusi salasana, oma' }
  return (await client.ask('POST', '/api/welcome', body)).status
}

async function signInWith(username: string, secret: string): Promise<Client | null> {
  const client = world.client()
  const { status } = await client.ask('POST', '/api/session', { username, password: secret })
  return status === 200 ? client : null
}

/** The newest act at the console, as Loki tells it. */
async function toldInLog(): Promise<unknown> {
  const office = await world.signedIn(await world.user({ role: 'main-user' }))
  const answer = actsAnswerSchema.parse((await office.ask('GET', '/api/office/acts')).body)
  expect((await office.ask('GET', '/api/office/log/check')).body).toMatchObject({ faults: [] })
  return answer.lines.find(({ act }) => act.startsWith('console/'))
}

test('a user is let back in by a link that works once, and all that the account could do before ends', async () => {
  const tablet = await WireTablet.enrol(world, worker)
  await world.stop()
  const { code, output } = await typed('user', 'Maija')
  expect(code).toBe(0)
  await world.start()
  expect(await signInWith('maija', password)).toBeNull()
  expect((await tablet.askPull()).status).toBe(403)
  expect(await useLink(output, 'maija')).toBe(200)
  expect(await useLink(output, 'maija')).not.toBe(200)
  expect(await signInWith('maija', 'uusi salasana, oma')).not.toBeNull()
  expect(await world.parts.store.users.find(worker.id)).toMatchObject({ role: 'worker' })
  const act = { act: 'console/user', user: null, userName: '', subject: 'Palautettu' }
  expect(await toldInLog()).toMatchObject(act)
})

test('a link is worth nothing after a day', async () => {
  await world.stop()
  const { output } = await recover('user', 'maija')
  await world.start()
  world.clock.advance(24 * 3_600_000 + 60_000)
  expect(await useLink(output, 'maija')).not.toBe(200)
})

test('somebody who has an account keeps the office again, and so does somebody who had none', async () => {
  await world.stop()
  const promoted = await recover('main-user', 'maija')
  const added = await recover('main-user', 'veikko')
  expect([promoted.code, added.code]).toEqual([0, 0])
  await world.start()
  for (const [username, { output }] of [
    ['maija', promoted],
    ['veikko', added]
  ] as const) {
    expect(await useLink(output, username)).toBe(200)
    const user = await world.parts.store.users.findByUsername(username)
    expect(user).toMatchObject({ role: 'main-user', state: 'active' })
    expect(user?.tasks).toContain('administration')
  }
  expect(await toldInLog()).toMatchObject({ act: 'console/main-user', user: null })
})

test('a lost tablet is revoked, and one that was revoked by mistake goes on where it was', async () => {
  const office = await world.signedIn(mainUser)
  const family = await Family.open(world, office)
  await family.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  world.clock.advance(1000)
  await world.stop()
  expect(await recover('device', tablet.device, 'revoke')).toMatchObject({ code: 0 })
  expect(await recover('device', tablet.device, 'revoke')).toMatchObject({ code: 1 })
  const listed = await typed('list')
  expect(listed.output).toMatch(new RegExp(`${tablet.device} +revoked +maija`))

  // It has heard nothing yet: its user signs in on it, and what was written meanwhile arrives.
  expect(await recover('device', tablet.device, 'return')).toMatchObject({ code: 0 })
  await world.start()
  const { cookies } = await world.signedIn(worker)
  tablet.client.cookies.set('session', cookies.get('session') ?? '')
  await tablet.pull()
  const body = family.visit(newEntryId(world))
  const result = await tablet.do({ op: 'visit.record', customership: family.id, body })
  expect(result.outcome).toBe('applied')
  expect(await toldInLog()).toMatchObject({ act: 'console/device-returned', user: null })

  // One that was told to wipe itself does so: it is taken into use anew.
  await world.parts.store.devices.revoke(tablet.device, world.clock.now())
  world.clock.advance(1000)
  await tablet.client.ask('POST', `/api/devices/${tablet.device}/state`, {
    have: [family.id],
    purged: [],
    outbox: { last: tablet.lastSeq, waiting: [] }
  })
  await world.stop()
  expect(await recover('device', tablet.device, 'return')).toEqual({
    code: 1,
    output: expect.stringContaining('told to wipe itself already')
  })
  await world.start()
})

test('what cannot be done is refused in one line, and leaves no trace', async () => {
  const closed = await world.user({ role: 'worker', username: 'sulo', state: 'closed' })
  await world.stop()
  for (const [args, words] of [
    [[], 'npm run recover -- list'],
    [['user'], 'npm run recover -- list'],
    [['device', 'x', 'forget'], 'npm run recover -- list'],
    [['user', 'nobody'], 'Nobody has that user name'],
    [['user', '--all'], 'not a user name'],
    [['user', 'sulo'], 'is closed'],
    [['main-user', 'sulo'], 'is closed'],
    [['device', '01999999-9999-7999-8999-999999999999', 'revoke'], 'no such tablet']
  ] as const) {
    const { code, output } = await recover(...args)
    expect([code, output]).toEqual([1, expect.stringContaining(words)])
    expect(output.trim().split('\n')).toHaveLength(1)
  }
  await world.start()
  expect(await world.parts.store.users.find(closed.id)).toMatchObject({ state: 'closed' })
  expect(await toldInLog()).toBeUndefined()
})

test('beside a running server nothing is recovered, and the server is not disturbed', async () => {
  await world.stop()
  server = new ServerProcess(await freePort(), world.env)
  await server.start()
  expect(await typed('main-user', 'maija')).toEqual({
    code: 1,
    output: 'The data folder is in use by a running server or a restore.\n'
  })
  expect((await fetch(`http://127.0.0.1:${server.port}/api/health`)).status).toBe(200)
  await server.stop()
  await world.start()
  expect(await world.parts.store.users.find(worker.id)).toMatchObject({ role: 'worker' })
})
