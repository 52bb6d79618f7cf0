import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { actsAnswerSchema } from '#contract/log.ts'
import { buildApp } from '#server/app.ts'
import { rehearse } from '#server/backups/rehearse.ts'
import { restore } from '#server/backups/restore.ts'
import { takeBackup } from '#server/backups/take-backup.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { consoleCommands } from '#server/console/commands.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import { createLog } from '#server/log.ts'
import type { User } from '#server/store/users.ts'
import { operate } from '#tests/support/operate.ts'
import { Family } from '#tests/support/people.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { World, type Client } from '#tests/support/world.ts'

// Whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

/** A soak dies before each step, a change before every third. */
const stride = Number(process.env['KOTIKAYNTI_STEP_STRIDE'] ?? 3)

let world: World
let server: ServerProcess | null = null
let mainUser: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create({ now: systemClock.now() })
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
})
afterEach(async () => {
  await server?.kill()
  await world.close()
})

const envOf = (folder = world.folder) => ({
  ...world.env,
  KOTIKAYNTI_DATA: join(folder, 'data'),
  KOTIKAYNTI_KEYS: join(folder, 'keys'),
  KOTIKAYNTI_KEYS_BACKUP: join(folder, 'keys-copy'),
  KOTIKAYNTI_BACKUPS: join(folder, 'backups')
})

function partsIn(folder = world.folder) {
  const config = readConfig(envOf(folder))
  const rootKey = loadRootKey(config.rootKey, config.keysFolder, { mayMake: false })
  return { config, clock: world.clock, rootKey }
}

/** As the operator's command does it, in this process. */
async function rotate(env: Readonly<Record<string, string>>): Promise<string> {
  const config = readConfig(env)
  const rootKey = loadRootKey(config.rootKey, config.keysFolder, { mayMake: false })
  const lines = await consoleCommands['rotate-keys']({ config, clock: world.clock, rootKey })
  return lines.join('\n')
}

const keyFile = (folder = world.folder) => join(folder, 'keys', 'root.key')
const keyIn = (file = keyFile()) => readFileSync(file, 'utf8').trim()

const rootFilesIn = (folder: string) =>
  readdirSync(join(folder, 'keys')).filter((name) => name.includes('root'))

/** A folder of its own with all that the world has. */
function copyOfWorld(name: string): string {
  const folder = join(world.folder, 'copies', name)
  for (const part of ['data', 'keys', 'keys-copy', 'backups'])
    if (existsSync(join(world.folder, part)))
      cpSync(join(world.folder, part), join(folder, part), { recursive: true })
  return folder
}

/** A server over that folder, with the key that lies there, reads the family. */
async function expectServes(env: Readonly<Record<string, string>>): Promise<void> {
  const log = createLog(String, String)
  const app = await buildApp({ config: readConfig(env), clock: world.clock, log })
  const read = await app.parts.store.register.read(family.id, (reader) => reader.ofKind('profile'))
  await app.close()
  expect(read?.[0]?.data.lastName.value).toBe('Kuusinen')
}

test('the root key is rotated by one command, and whatever it opened opens with the new one', async () => {
  const backup = await takeBackup(partsIn(), join(world.folder, 'backups'))
  await world.stop()
  const former = keyIn()
  const formerKeys = copyOfWorld('former')
  const otherName = join(world.folder, 'other-name')
  linkSync(keyFile(), otherName)
  const { code, output } = await operate(['rotate-keys'], envOf())
  expect([code, output]).toEqual([0, expect.stringMatching(/^Rotated\..*\n1 of 1 backups/)])
  expect(keyIn()).toMatch(/^[0-9a-f]{64}$/)
  expect(keyIn()).not.toBe(former)
  expect(output).not.toContain(keyIn())
  // What lay there was overwritten before its name went.
  expect(readFileSync(otherName).every((byte) => byte === 0)).toBe(true)
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
  expect(rootFilesIn(world.folder)).toEqual(['root.key'])
  await expectServes(envOf())
  for (const part of ['keys', 'keys-copy']) {
    const folder = copyOfWorld(part)
    rmSync(join(folder, part === 'keys' ? 'keys-copy' : 'keys', 'key-store.db'))
    rmSync(join(folder, part === 'keys' ? 'keys-copy' : 'keys', 'epochs.db'))
    await expectServes(envOf(folder))
  }

  // The former key opens nothing of today, nor does the new one an old copy of the keys.
  const { KOTIKAYNTI_ROOT_KEY: _, ...env } = { ...envOf(), KOTIKAYNTI_ROOT_KEY: former }
  await expect(expectServes({ ...env, KOTIKAYNTI_ROOT_KEY: former })).rejects.toThrow('root key')
  const withFormer = { ...envOf(formerKeys), KOTIKAYNTI_ROOT_KEY: keyIn() }
  await expect(expectServes(withFormer)).rejects.toThrow('root key')

  // Nobody signed in to do it, and the log says where it was done.
  await world.start()
  office = await world.signedIn(mainUser)
  const { lines } = actsAnswerSchema.parse((await office.ask('GET', '/api/office/acts')).body)
  const done = lines.filter(({ act }) => act.startsWith('console/'))
  expect(done).toMatchObject([{ act: 'console/keys-rotate', user: null, subject: null }])
  const trail = await office.ask('GET', '/api/office/log/check')
  expect(trail.body).toMatchObject({ faults: [] })
  await world.stop()

  // A backup of before it is rehearsed and restored like any other.
  const { findings } = await rehearse(partsIn(), join(world.folder, 'backups'))
  expect(findings.filter(({ isGood }) => !isGood)).toEqual([])
  await restore(partsIn(), backup)
  await world.start()
  office = await world.signedIn(mainUser)
  const { status } = await office.ask(
    'GET',
    `/api/office/customerships/${family.id}?purpose=organising`
  )
  expect(status).toBe(200)
})

const die = (step: number, env: Readonly<Record<string, string>>) =>
  new Promise<{ signal: string | null; output: string }>((resolve) => {
    const args = ['tests/support/rotating.ts', String(step)]
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, output) => {
      resolve({ signal: error?.signal ?? null, output })
    })
  })

test('a rotation that is killed before any of its steps leaves a server that starts, and is run again', async () => {
  const backup = await takeBackup(partsIn(), join(world.folder, 'backups'))
  await world.stop()
  const former = keyIn()
  const steps = Number((await die(-1, envOf(copyOfWorld('count')))).output)
  expect(steps).toBe(8)
  for (let step = stride - 1; step < steps; step += stride) {
    const folder = copyOfWorld(`step-${step}`)
    const env = envOf(folder)
    expect((await die(step, env)).signal).toBe('SIGKILL')
    await expectServes(env)
    await rotate(env)
    await expectServes(env)
    expect(keyIn(keyFile(folder))).not.toBe(former)
    expect(rootFilesIn(folder)).toEqual(['root.key'])
    await expect(expectServes({ ...env, KOTIKAYNTI_ROOT_KEY: former })).rejects.toThrow('root key')
    await restore(partsIn(folder), backup.replace(world.folder, folder))
    await expectServes(env)
    rmSync(folder, { recursive: true })
  }
})

test('a root key that is a setting is rotated in two runs, and no line shows a key', async () => {
  const backups = join(world.folder, 'backups')
  await world.stop()
  const former = keyIn()
  rmSync(keyFile())
  const env = { ...envOf(), KOTIKAYNTI_ROOT_KEY: former }
  mkdirSync(backups)
  const begun = await rotate(env)
  expect(begun).toContain('either key opens')
  const file = join(world.folder, 'keys', 'next-root.key')
  const next = keyIn(file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  for (const key of [former, next]) expect(begun).not.toContain(key)
  await expectServes(env)
  await expectServes({ ...env, KOTIKAYNTI_ROOT_KEY: next })

  // Whoever runs it again with the former setting is told the same, of the same key.
  expect(await rotate(env)).toBe(begun)
  expect(keyIn(file)).toBe(next)
  // Between the two the server runs, warns, and makes a backup under the former key.
  server = new ServerProcess(await freePort(), { ...env, KOTIKAYNTI_BACKUP_HOURS: '1' })
  await server.start()
  expect(server.output).toContain('a rotation of the root key is not finished')
  await expect(rotate(env)).rejects.toThrow('in use by a running server')
  await vi.waitUntil(() => server?.output.includes('backed-up'), { timeout: 30_000 })
  await server.stop()

  const done = await rotate({ ...env, KOTIKAYNTI_ROOT_KEY: next })
  expect(done).toContain('1 of 1 backups')
  expect(existsSync(file)).toBe(false)
  await expectServes({ ...env, KOTIKAYNTI_ROOT_KEY: next })
  await expect(expectServes(env)).rejects.toThrow('root key')
  const config = readConfig({ ...env, KOTIKAYNTI_ROOT_KEY: next })
  const parts = { config, clock: world.clock, rootKey: Buffer.from(next, 'hex') }
  const { findings } = await rehearse(parts, backups)
  expect(findings.filter(({ isGood }) => !isGood)).toEqual([])
})

test('a root key that is lent, and not ours to replace, is put in place by its operator', async () => {
  mkdirSync(join(world.folder, 'backups'))
  await world.stop()
  const [real, lent] = [join(world.folder, 'real-key'), join(world.folder, 'lent-key')]
  renameSync(keyFile(), real)
  symlinkSync(real, lent)
  const env = { ...envOf(), KOTIKAYNTI_ROOT_KEY_FILE: lent }
  const former = keyIn(real)
  expect(await rotate(env)).toContain('either key opens')
  expect(keyIn(real)).toBe(former)
  cpSync(join(world.folder, 'keys', 'next-root.key'), real)
  expect(await rotate(env)).toContain('Rotated.')
  expect(rootFilesIn(world.folder)).toEqual([])
  await expectServes(env)
  await expect(expectServes({ ...envOf(), KOTIKAYNTI_ROOT_KEY: former })).rejects.toThrow(
    'root key'
  )
})

test('backups that are out of reach stop a rotation before it begins', async () => {
  await world.stop()
  const former = keyIn()
  await expect(rotate(envOf())).rejects.toThrow('KOTIKAYNTI_BACKUPS names a folder')
  expect(keyIn()).toBe(former)
})

test.runIf(isOnFiles)(
  'a root key that is lost is not made anew silently while anything is left that it opens',
  async () => {
    await world.stop()
    for (const left of ['keys', 'keys-copy', 'data']) {
      const folder = copyOfWorld(`only-${left}`)
      rmSync(keyFile(folder))
      for (const part of ['keys', 'keys-copy', 'data'])
        if (part !== left) rmSync(join(folder, part), { recursive: true })
      await expect(expectServes(envOf(folder)), left).rejects.toThrow('The root key is missing')
      expect(existsSync(keyFile(folder))).toBe(false)
    }
    const copy = readFileSync(keyFile())
    rmSync(keyFile())
    server = new ServerProcess(await freePort(), envOf())
    await expect(server.start()).rejects.toThrow(/start:\nThe root key is missing, .*\n$/)
    expect(existsSync(keyFile())).toBe(false)
    writeFileSync(keyFile(), copy)
    await expectServes(envOf())
  }
)
