import { randomInt } from 'node:crypto'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dayAt } from '#contract/day.ts'
import { deviceStateAnswerSchema } from '#contract/device.ts'
import { passkeyIdSchema, type CustomershipId } from '#contract/id.ts'
import { buildApp } from '#server/app.ts'
import { backupPath, listBackups } from '#server/backups/backups-folder.ts'
import { rehearse } from '#server/backups/rehearse.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import { restoreSteps } from '#server/backups/restore-files.ts'
import { restore } from '#server/backups/restore.ts'
import { createBackups } from '#server/backups/schedule.ts'
import { openFile } from '#server/backups/sealed-file.ts'
import { takeBackup } from '#server/backups/take-backup.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig, type Config } from '#server/config.ts'
import { commitDeletion, deletionSteps } from '#server/ending/delete-customership.ts'
import { openBackupKey } from '#server/keys/backup-key.ts'
import { openKeyStore } from '#server/keys/key-store.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { createLog } from '#server/log.ts'
import { registerMap } from '#server/store/deletion-map.ts'
import type { StoredPasskey } from '#server/store/passkeys.ts'
import { Sample } from '#server/store/sample.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { scanFolder } from '#tests/support/scan.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

// Whole processes and many disks, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const day = 86_400_000
/** How often a restore is killed at a moment that nobody chose. */
const rounds = Number(process.env['KOTIKAYNTI_RESTORE_KILLS'] ?? 1)
/** A soak dies before each step, a change before every third. */
const stride = Number(process.env['KOTIKAYNTI_STEP_STRIDE'] ?? 3)
const said = 'Aino kertoi paivakodista'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family
let other: Family
let tablet: WireTablet

beforeEach(async () => {
  world = await World.create({ now: systemClock.now() })
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  tablet = await WireTablet.enrol(world, worker)
  family = await withLife('Haapalainen')
  other = await withLife('Lehtinen')
})
afterEach(() => world.close())

async function withLife(lastName: string): Promise<Family> {
  const made = await Family.open(world, office, lastName)
  await made.assign(worker.id)
  await write(made, `${said} ${lastName}`)
  await tablet.push()
  await tablet.pull()
  return made
}

/** A visit and its signed note, in the outbox. */
async function write(one: Family, words: string): Promise<void> {
  const visit = newEntryId(world)
  const customership = one.id
  tablet.write({ op: 'visit.record', customership, body: one.visit(visit) })
  const body = one.note(newEntryId(world), visit, { tasks: ['meals'], done: words })
  tablet.write({ op: 'note.sign', customership, body })
}

const envOf = (folder: string) => ({
  ...world.env,
  KOTIKAYNTI_DATA: join(folder, 'data'),
  KOTIKAYNTI_KEYS: join(folder, 'keys'),
  KOTIKAYNTI_KEYS_BACKUP: join(folder, 'keys-copy'),
  KOTIKAYNTI_BACKUPS: join(folder, 'backups')
})
const backupsIn = (folder = world.folder) => join(folder, 'backups')

function partsIn(folder = world.folder) {
  const config: Config = readConfig(envOf(folder))
  return { config, clock: world.clock, rootKey: loadRootKey(config.rootKey, config.keysFolder) }
}

const backUp = () => takeBackup(partsIn(), backupsIn())

/** The backup as whoever has the root key sees it. */
async function decrypted(path: string): Promise<string> {
  const { rootKey } = partsIn()
  const backup = (await listBackups(backupsIn())).find((one) => one.path === path)
  if (!backup) throw new Error('no backup')
  const { header, line } = backup
  const key = openBackupKey(rootKey, `backup/${header.at}`, Buffer.from(header.key, 'base64url'))
  if (!key) throw new Error('no key')
  const to = join(world.folder, 'decrypted', 'register.db')
  rmSync(join(world.folder, 'decrypted'), { recursive: true, force: true })
  mkdirSync(join(world.folder, 'decrypted'))
  await openFile({ from: path, to, line, key })
  return to
}

async function deleteIt(one: Family): Promise<void> {
  await one.end(dayAt(world.clock.now()))
  await pass(1)
  await one.settle()
  const answer = await office.ask('POST', `/api/office/customerships/${one.id}/deletion`)
  expect(answer.status).toBe(200)
  // Every file is read through, and the certificate says so.
  await world.app.jobs.runDue()
}

const talliesNow = () =>
  world.parts.store.files.register.sql.selectFrom('tallies').selectAll().execute()

async function planned(one: Family) {
  const plan = await world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, one.id, 'asked', mainUser.id)
  )
  if (!plan) throw new Error('it is there')
  return plan
}

/** Sessions lapse while days pass, and end with a restore. */
async function signIn(): Promise<void> {
  for (const [client, user] of [
    [office, mainUser],
    [tablet.client, worker]
  ] as const) {
    const { cookies } = await world.signedIn(user)
    client.cookies.set('session', cookies.get('session') ?? '')
  }
}

async function pass(days: number): Promise<void> {
  world.clock.advance(days * day)
  await signIn()
}

const restoreFrom = async (file: string) => {
  await world.stop()
  const restored = await restore(partsIn(), file)
  await world.start()
  await signIn()
  return restored
}

const read = (one: Family) =>
  office.ask('GET', `/api/office/customerships/${one.id}?purpose=organising`)

/** In which tables that must forget a row of it is left. */
async function leftOf(id: CustomershipId): Promise<string[]> {
  const { register, search } = world.parts.store.files
  const left: string[] = []
  for (const [table, { fate }] of Object.entries(registerMap)) {
    const rows = await register.sql
      .selectFrom(table as keyof typeof registerMap)
      .selectAll()
      .execute()
    if (fate === 'erased' && rows.some((row) => JSON.stringify(row).includes(id))) left.push(table)
  }
  const tokens = await search.sql.selectFrom('tokens').select('customership').execute()
  return tokens.some(({ customership }) => customership === id) ? [...left, 'tokens'] : left
}

async function expectForgotten(one: Family): Promise<void> {
  expect((await read(one)).status).toBe(404)
  expect(await leftOf(one.id)).toEqual([])
  expect(world.parts.keyStore.holdsDataKey(one.id)).toBe(false)
}

async function operate(args: readonly string[], folder = world.folder, more = {}) {
  const child = spawn(process.execPath, ['server/operator.ts', ...args], {
    env: { ...process.env, ...envOf(folder), ...more },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

test('a backup taken beside a server that is written to holds one moment of it', async () => {
  const port = await freePort()
  const server = new ServerProcess(port, world.env)
  world.elsewhere = `http://127.0.0.1:${port}`
  await world.stop()
  await server.start()
  try {
    await write(family, 'ennen varmuuskopiota')
    await tablet.push()
    const before = tablet.lastSeq
    let isDone = false
    const backingUp = operate(['backup']).finally(() => (isDone = true))
    // Each request is one commit: a visit is never without its note.
    while (!isDone) {
      await write(family, 'samaan aikaan')
      expect((await tablet.push()).map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
    }
    expect(await backingUp).toMatchObject({ code: 0 })
    const { safeThrough } = await tablet.deliver([tablet.write(visitOf(family))])
    expect(safeThrough).toBeGreaterThanOrEqual(before)
    expect(safeThrough).toBeLessThan(tablet.lastSeq)
    expect(safeThrough! % 2).toBe(0)
  } finally {
    await server.kill()
    world.elsewhere = null
    await world.start()
  }
  const [made] = await listBackups(backupsIn())
  const sample = new Sample(await decrypted(made!.path))
  const key = world.parts.keyStore.dataKey(family.id)!
  // Profile, contact, decision and assignment, then visits and notes in pairs.
  expect(sample.open(family.id, key) % 2).toBe(0)
  sample.close()
})

const visitOf = (one: Family) => ({
  op: 'visit.record',
  customership: one.id,
  body: one.visit(newEntryId(world))
})

test('§7 a backup shows nothing of a client, and leaves no copy that does', async () => {
  const path = await backUp()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(world.folder, 'data'))).not.toContain('backing-up')
  await decrypted(path)
  const words = [said, 'Haapalainen', 'Koivutie 7']
  expect(await scanFolder(world.folder, words)).toEqual([])
  const raw = readFileSync(path)
  for (const id of [family.id, worker.id, worker.displayName, 'SQLite'])
    expect(raw.includes(id)).toBe(false)
  // The scan can find: the register holds the worker's name in clear.
  expect(readFileSync(join(world.folder, 'decrypted', 'register.db')).includes(worker.id)).toBe(
    true
  )
})

test('§7 neither the search file, nor the keys, nor the suppression list is in a backup', async () => {
  await deleteIt(family)
  const bytes = readFileSync(await decrypted(await backUp()))
  const { keyStore, store } = world.parts
  const [token] = await store.files.search.sql.selectFrom('tokens').select('token').execute()
  expect(bytes.includes(token!.token)).toBe(false)
  expect(bytes.includes(keyStore.suppressionMac(family.id))).toBe(false)
  expect(bytes.includes('suppressed')).toBe(false)
  expect(bytes.includes('epoch/')).toBe(false)
})

test('§7 what was deleted opens in no backup from before, whatever key store copy is brought', async () => {
  const opened = await decrypted(await backUp())
  const entriesOf = (id: CustomershipId, keyStore = world.parts.keyStore) => {
    const sample = new Sample(opened)
    const key = keyStore.dataKey(id)
    try {
      return key && sample.open(id, key)
    } finally {
      sample.close()
    }
  }
  expect(entriesOf(family.id)).toBeGreaterThan(5)
  const before = join(world.folder, 'keys-before')
  cpSync(join(world.folder, 'keys'), before, { recursive: true })
  await deleteIt(family)
  await world.app.jobs.runDue()
  await pass(1)
  await world.app.jobs.runDue()
  expect(entriesOf(family.id)).toBeNull()
  expect(entriesOf(other.id)).toBeGreaterThan(5)

  // The data keys as they were, with the epochs as they are.
  copyFileSync(join(world.folder, 'keys', 'epochs.db'), join(before, 'epochs.db'))
  const old = await openKeyStore({
    folder: before,
    backupFolder: null,
    rootKey: partsIn().rootKey,
    clock: world.clock
  })
  expect(() => entriesOf(family.id, old)).toThrow('an epoch that is gone')
  old.close()
})

test('§7 what was deleted before a backup is in it not even as sealed bytes', async () => {
  const rows = await world.parts.store.files.register.sql
    .selectFrom('entries')
    .select(['customership', 'sealed'])
    .execute()
  await deleteIt(family)
  const bytes = readFileSync(await decrypted(await backUp()))
  const found = rows.filter(({ sealed }) => sealed && bytes.includes(sealed))
  expect(new Set(found.map(({ customership }) => customership))).toEqual(new Set([other.id]))
})

test('§7 a restore forgets again what was deleted since, and keeps what must outlive it', async () => {
  const path = await backUp()
  await deleteIt(family)
  await read(other)
  const certificate = await world.parts.store.certificates.find(family.id)
  const uses = await world.parts.store.usage.of(other.id)
  const generation = await world.parts.store.generation()
  const tallies = await talliesNow()
  expect(tallies.length).toBeGreaterThan(0)

  const restored = await restoreFrom(path)
  expect(restored).toMatchObject({ forgotten: 1, carried: { certificates: 1 } })
  await expectForgotten(family)
  expect(await world.parts.store.certificates.find(family.id)).toEqual(certificate)
  expect(await world.parts.store.usage.of(other.id)).toEqual(uses)
  expect(await talliesNow()).toEqual(tallies)
  expect(await world.parts.store.generation()).not.toBe(generation)
  expect((await read(other)).text).toContain(`${said} Lehtinen`)
  const search = (query: string) =>
    office.ask('POST', '/api/office/customerships/search', { query })
  expect((await search('haapa')).body).toMatchObject({ total: 0 })
  expect((await search('lehti')).body).toMatchObject({ total: 1 })
  expect(existsSync(join(restored.former!, 'register.db'))).toBe(true)
  expect(readdirSync(join(world.folder, 'data')).filter((name) => name.startsWith('rest'))).toEqual(
    []
  )
})

test('§10 what left since the backup stays in the log, and a number that was given is not given again', async () => {
  const { register, nextNumber } = world.parts.store
  const next = () => register.transact(() => nextNumber('summary/mallikunta/2026'))
  const log = () => world.parts.store.disclosures.list({}, 10)
  const leave = (reference: string) =>
    recordDisclosure(world.parts.store, world.clock, {
      ...{ customership: other.id, by: mainUser.id, reference, kind: 'summary' as const },
      ...{ recipient: 'mallikunta', channel: 'secure-mail' as const },
      ...{ ground: 'client-records-act' as const, fingerprint: null }
    })
  expect(await next()).toBe(1)
  await leave('mallikunta-2026-0001')
  const backup = await backUp()
  expect(await next()).toBe(2)
  await leave('mallikunta-2026-0002')
  const before = await log()
  await restoreFrom(backup)
  expect(await log()).toEqual(before)
  const { store } = world.parts
  expect(await store.register.transact(() => store.nextNumber('summary/mallikunta/2026'))).toBe(3)
})

test('§7 a deletion that was under way is finished after a restore', async () => {
  const path = await backUp()
  await family.end(dayAt(world.clock.now()))
  await pass(1)
  const plan = await planned(family)
  await restoreFrom(path)
  expect((await read(family)).status).toBe(404)
  await world.app.jobs.runDue()
  await expectForgotten(family)
  expect(await world.parts.store.certificates.find(family.id)).toMatchObject({
    number: plan.number
  })
})

test.runIf(isOnFiles)(
  '§7 also when the data disk is lost with its suppression list, nothing comes back',
  async () => {
    const path = await backUp()
    await deleteIt(family)
    await world.stop()
    rmSync(join(world.folder, 'data'), { recursive: true })
    const restored = await restoreFrom(path)
    expect(restored).toEqual({ forgotten: 1, carried: null, former: null })
    await expectForgotten(family)
    expect((await read(other)).status).toBe(200)
    const late = {
      op: 'visit.record',
      customership: family.id,
      body: family.visit(newEntryId(world))
    }
    expect(await tablet.do(late)).toMatchObject({ outcome: 'discarded' })
  }
)

test.runIf(isOnFiles)(
  '§7 a deletion that was lost with its disk after its first step is finished by the restore',
  async () => {
    const path = await backUp()
    await deletionSteps(world.parts, await planned(family))[0]?.()
    await world.stop()
    rmSync(join(world.folder, 'data'), { recursive: true })
    expect(await restoreFrom(path)).toMatchObject({ forgotten: 1 })
    await expectForgotten(family)
  }
)

test.runIf(isOnFiles).each(['as it is', 'with its suppression list lost'])(
  '§7 an old register put in place by hand forgets before anything is served (%s)',
  async (list) => {
    const live = join(world.folder, 'data', 'register.db')
    await world.stop()
    const old = readFileSync(live)
    await world.start()
    const generation = await world.parts.store.generation()
    await deleteIt(family)
    await world.stop()
    writeFileSync(live, old)
    if (list !== 'as it is') rmSync(join(world.folder, 'data', 'suppression.db'))
    await world.start()
    await signIn()
    await expectForgotten(family)
    expect(await world.parts.store.generation()).not.toBe(generation)
    expect((await read(other)).status).toBe(200)
    await world.stop()
    for (const name of readdirSync(join(world.folder, 'data')))
      expect(readFileSync(join(world.folder, 'data', name)).includes(family.id)).toBe(
        // Ids stay in the log and in the ledger of what a tablet has not purged.
        name === 'register.db'
      )
    await world.start()
  }
)

test('a key that is left of what was deleted goes at the next start', async () => {
  await world.parts.store.suppression.add(family.id)
  await world.stop()
  await world.start()
  await expectForgotten(family)
  expect(world.parts.keyStore.holdsDataKey(other.id)).toBe(true)
})

test('a tablet lets go only of what a verified backup holds', async () => {
  const state = async () => {
    const answer = await tablet.client.ask('POST', `/api/devices/${tablet.device}/state`, {
      have: [],
      purged: [],
      outbox: { last: tablet.lastSeq, waiting: [] }
    })
    return deviceStateAnswerSchema.parse(answer.body).safeThrough
  }
  const pulled = async () => (await tablet.pull()).find(({ frame }) => frame === 'end')
  expect(await state()).toBeNull()
  const [missing, early] = [tablet.write(visitOf(family)), tablet.write(visitOf(family))]
  await tablet.push([early])
  await backUp()
  expect(await state()).toBe(4)
  expect(await pulled()).toMatchObject({ safeThrough: 4 })
  expect((await tablet.deliver([missing])).safeThrough).toBe(4)
  tablet.outbox = []
  await backUp()
  expect(await state()).toBe(6)
})

test('a backup that cannot be verified is none, and lets no tablet let go', async () => {
  const blocked = join(world.folder, 'not-a-folder')
  writeFileSync(blocked, '')
  await expect(takeBackup(partsIn(), blocked)).rejects.toThrow()
  await expect(takeBackup(partsIn(join(world.folder, 'nowhere')), backupsIn())).rejects.toThrow()
  expect(await world.parts.store.devices.find(tablet.device)).toMatchObject({ safeThrough: null })
  expect(await listBackups(backupsIn())).toEqual([])
})

test('what the disk changed under the pen is no backup', async () => {
  const path = backupPath(backupsIn(), world.clock.now())
  const backingUp = backUp()
  const isWritten = () =>
    existsSync(`${path}.unfinished`) && statSync(`${path}.unfinished`).size > 9999
  while (!isWritten()) await new Promise(setImmediate)
  const bytes = readFileSync(`${path}.unfinished`)
  writeFileSync(`${path}.unfinished`, bytes.fill(0, 5000, 5001))
  await expect(backingUp).rejects.toThrow('damaged')
  expect(await listBackups(backupsIn())).toEqual([])
  expect(await world.parts.store.devices.find(tablet.device)).toMatchObject({ safeThrough: null })
})

test('after a restore a tablet starts afresh, and delivers again what came after the backup', async () => {
  const path = await backUp()
  const through = tablet.lastSeq
  await write(other, 'jälkeen varmuuskopion')
  const since = [...tablet.outbox]
  await tablet.push(since)
  const newcomer = await WireTablet.enrol(world, worker)
  const first = newcomer.write(visitOf(other))
  await newcomer.push([first])
  const revoked = await WireTablet.enrol(world, worker)
  await world.parts.store.devices.revoke(revoked.device, world.clock.now())
  await tablet.pull()
  const former = tablet.generation

  await restoreFrom(path)
  expect((await read(other)).text).not.toContain('jälkeen varmuuskopion')
  const frames = await tablet.pull()
  expect(tablet.generation).not.toBe(former)
  expect(frames.find(({ frame }) => frame === 'end')).toMatchObject({ safeThrough: through })
  for (const frame of frames) if (frame.frame === 'customership') expect(frame.reset).toBe(true)
  const { results } = await tablet.deliver(since)
  expect(results.map(({ outcome, again }) => [outcome, again])).toEqual([
    ['applied', undefined],
    ['applied', undefined]
  ])
  expect((await read(other)).text).toContain('jälkeen varmuuskopion')

  expect((await newcomer.deliver([first])).results).toMatchObject([{ outcome: 'applied' }])
  expect(await world.parts.store.devices.find(revoked.device)).toMatchObject({
    revokedAt: world.clock.now()
  })
})

test.runIf(isOnFiles)(
  'a former register that is damaged is set aside as it is, and told as lost',
  async () => {
    const path = await backUp()
    await deleteIt(family)
    await world.stop()
    const live = join(world.folder, 'data', 'register.db')
    writeFileSync(
      live,
      Buffer.concat([Buffer.from('no register'), readFileSync(live).subarray(11)])
    )
    const restored = await restoreFrom(path)
    expect(restored).toMatchObject({ forgotten: 1, carried: null })
    await expectForgotten(family)
    expect(readFileSync(join(restored.former!, 'register.db')).includes('no register')).toBe(true)
  }
)

test('nobody stays signed in through a restore', async () => {
  const path = await backUp()
  await world.stop()
  await restore(partsIn(), path)
  await world.start()
  expect((await read(other)).status).toBe(401)
})

test('a passkey that was removed since the backup stays removed, and one that was made since is there', async () => {
  const { passkeys } = world.parts.store
  const user = (await world.user({ role: 'worker' })).id
  const passkey = (credential: string): StoredPasskey => ({
    id: passkeyIdSchema.parse(newUuidV7(world.clock.now())),
    user,
    credential,
    publicKey: 'AAAA',
    counter: 0,
    name: 'Puhelin',
    createdAt: world.clock.now(),
    lastUsedAt: null,
    backedUp: false
  })
  const removed = passkey('removed')
  await passkeys.add(removed)
  const path = await backUp()
  await passkeys.remove(removed.id, user)
  await passkeys.add(passkey('made'))
  await world.stop()
  await restore(partsIn(), path)
  await world.start()
  const left = await world.parts.store.passkeys.ofUser(user)
  expect(left.map(({ credential }) => credential)).toEqual(['made'])
})

/** A folder of its own with all that the world has, so that one restore does not prepare the next. */
function copyOfWorld(name: string): string {
  const folder = join(world.folder, 'copies', name)
  for (const part of ['data', 'keys', 'keys-copy', 'backups'])
    cpSync(join(world.folder, part), join(folder, part), { recursive: true })
  return folder
}

/** A server over that folder serves the one register or the other. */
async function servedIn(folder: string): Promise<'restored' | 'former'> {
  const port = await freePort()
  const server = new ServerProcess(port, envOf(folder))
  try {
    await server.start()
    world.elsewhere = `http://127.0.0.1:${port}`
    // Who signed in before a restore is signed out by it.
    const { status } = await read(other)
    return status === 401 ? 'restored' : 'former'
  } finally {
    world.elsewhere = null
    await server.kill()
  }
}

const die = (file: string, step: number, folder: string) =>
  new Promise<string | null>((resolve) => {
    const args = ['tests/support/restoring.ts', file, String(step)]
    execFile(process.execPath, args, { env: { ...process.env, ...envOf(folder) } }, (error) => {
      resolve(error?.signal ?? null)
    })
  })

test.runIf(isOnFiles)(
  '§7 a restore that is killed before one of its steps keeps the server from starting, and is run again',
  async () => {
    const file = await backUp()
    await deleteIt(family)
    await world.stop()
    const count = restoreSteps(partsIn(), file, {
      forgotten: 0,
      carried: null,
      former: null
    }).length
    expect(count).toBe(11)
    for (let step = 1; step < count; step += stride) {
      const folder = copyOfWorld(`step-${step}`)
      const backup = join(folder, 'backups', file.split('/').at(-1) ?? '')
      expect(await die(backup, step, folder)).toBe('SIGKILL')
      const { config } = partsIn(folder)
      const starting = buildApp({ config, clock: world.clock, log: createLog(String, String) })
      await expect(starting, `step ${step}`).rejects.toThrow('npm run restore')
      await restore(partsIn(folder), backup)
      const opened = new Sample(join(folder, 'data', 'register.db'))
      expect(opened.customerships().map(({ id }) => id)).toEqual([other.id])
      opened.close()
      const left = readdirSync(join(folder, 'data')).filter((name) => /restor/.test(name))
      expect(left).toHaveLength(1)
      expect(readdirSync(join(folder, 'data', left[0] ?? ''))).toContain('register.db')
      rmSync(folder, { recursive: true })
    }
    await world.start()
  }
)

test.runIf(isOnFiles)('a restore that is killed at any moment is run again', async () => {
  const file = await backUp()
  await deleteIt(family)
  await world.stop()
  for (let round = 0; round < rounds; round += 1) {
    const folder = copyOfWorld(`round-${round}`)
    const child = spawn(process.execPath, ['server/operator.ts', 'restore', file], {
      env: { ...process.env, ...envOf(folder) },
      stdio: 'ignore'
    })
    const gone = once(child, 'exit')
    await Promise.race([gone, pause(450 + randomInt(900))])
    child.kill('SIGKILL')
    await gone
    expect(await operate(['restore', file], folder)).toMatchObject({ code: 0 })
    expect(await servedIn(folder)).toBe('restored')
    const opened = new Sample(join(folder, 'data', 'register.db'))
    expect(opened.customerships().map(({ id }) => id)).toEqual([other.id])
    opened.close()
    rmSync(folder, { recursive: true })
  }
  await world.start()
})

test('a restore that refuses leaves the register as it was, and free to start', async () => {
  const file = await backUp()
  const bytes = readFileSync(file)
  bytes[bytes.length - 50] = (bytes[bytes.length - 50] ?? 0) ^ 1
  const damaged = join(world.folder, 'damaged.backup')
  writeFileSync(damaged, bytes)
  await write(other, 'ennen palautusta')
  await tablet.push()
  const parts = partsIn()
  await expect(restore(parts, file)).rejects.toThrow('in use')
  await world.stop()
  await expect(restore(parts, damaged)).rejects.toThrow('damaged')
  await expect(restore(parts, join(world.folder, 'absent'))).rejects.toThrow('not a backup')
  const stranger = { ...parts, rootKey: Buffer.alloc(32, 1) }
  await expect(restore(stranger, file)).rejects.toThrow('root key')
  const elsewhere = readConfig({
    ...envOf(world.folder),
    KOTIKAYNTI_KEYS: join(world.folder, 'new-keys'),
    KOTIKAYNTI_KEYS_BACKUP: ''
  })
  await expect(restore({ ...parts, config: elsewhere }, file)).rejects.toThrow('does not belong')
  await world.start()
  expect((await read(other)).text).toContain('ennen palautusta')
})

test.runIf(isOnFiles)('a server says in one line that a restore must be run again', async () => {
  const file = await backUp()
  await world.stop()
  expect(await die(file, 3, world.folder)).toBe('SIGKILL')
  const server = new ServerProcess(await freePort(), envOf(world.folder))
  await expect(server.start()).rejects.toThrow(
    /start:\nA restore was not finished. Run it again: npm run restore -- \S+\n$/
  )
  expect(await operate(['restore', file])).toMatchObject({ code: 0 })
  await world.start()
})

test.runIf(isOnFiles)(
  'a second server, and a restore beside a server, are refused in one line',
  async () => {
    const file = await backUp()
    await world.stop()
    const server = new ServerProcess(await freePort(), envOf(world.folder))
    await server.start()
    const second = new ServerProcess(await freePort(), envOf(world.folder))
    await expect(second.start()).rejects.toThrow('in use by a running server')
    expect(await operate(['restore', file])).toEqual({
      code: 1,
      output: 'The data folder is in use by a running server or a restore.\n'
    })
    await server.kill()
    expect(await operate(['restore', file])).toMatchObject({ code: 0 })
    await world.start()
  }
)

test('backups are made when they are due, kept for their days, and the newest for ever', async () => {
  const { config } = partsIn()
  const backups = createBackups({ ...world.parts, config })
  const names = async () => (await listBackups(backupsIn())).map(({ at }) => at)
  const begun = world.clock.now()
  await backups.runDue()
  await backups.runDue()
  expect(await names()).toHaveLength(1)
  for (let days = 1; days <= 32; days += 8) {
    world.clock.advance(8 * day)
    await backups.runDue()
  }
  const made = await names()
  expect(made).toHaveLength(4)
  expect(Math.min(...made)).toBe(begun + 8 * day)
  // A clock that leapt may leap back: nothing goes before the backup after that.
  world.clock.advance(400 * day)
  await backups.runDue()
  expect(await names()).toHaveLength(5)
  world.clock.advance(day)
  await backups.runDue()
  expect(await names()).toHaveLength(2)
  expect(world.logLines.filter((line) => line.includes('backup-failed'))).toEqual([])
  const none = createBackups({ ...world.parts, config: readConfig(world.env) })
  world.clock.advance(5 * day)
  await none.runDue()
  expect(await names()).toHaveLength(2)
  // One that such a clock left in the future is as good as none, and does not stop those that follow.
  world.clock.advance(-400 * day)
  await backups.runDue()
  expect(await names()).toHaveLength(3)
})

test('a register that a restore set aside goes when a backup of its age would', async () => {
  const { former } = await restoreFrom(await backUp())
  world.clock.advance(29 * day)
  await backUp()
  expect(existsSync(former!)).toBe(true)
  world.clock.advance(2 * day)
  await backUp()
  expect(existsSync(former!)).toBe(false)
})

test('what a backup left whose process died is gone at the next start and at the next backup', async () => {
  const scratch = join(world.folder, 'data', 'backing-up')
  const leave = () => {
    mkdirSync(scratch, { recursive: true })
    writeFileSync(join(scratch, 'register.db'), 'a plain copy')
  }
  leave()
  mkdirSync(backupsIn(), { recursive: true })
  writeFileSync(join(backupsIn(), 'kotikaynti-20260101T000000Z.backup.unfinished'), 'half')
  await backUp()
  expect(existsSync(scratch)).toBe(false)
  expect(readdirSync(backupsIn())).toHaveLength(1)
  leave()
  await createBackups(world.parts).runDue()
  expect(existsSync(scratch)).toBe(false)
})

test('a backup that is killed in the middle is none, and the next one is whole', async () => {
  const child = spawn(process.execPath, ['server/operator.ts', 'backup'], {
    env: { ...process.env, ...envOf(world.folder) },
    stdio: 'ignore'
  })
  const gone = once(child, 'exit')
  const scratch = join(world.folder, 'data', 'backing-up', 'register.db')
  await vi.waitUntil(() => existsSync(scratch) || child.exitCode !== null, {
    interval: 1,
    timeout: 60_000
  })
  child.kill('SIGKILL')
  await gone
  expect(child.signalCode).toBe('SIGKILL')
  expect(await listBackups(backupsIn())).toEqual([])
  await write(other, 'jälkeen')
  await tablet.push()
  await backUp()
  expect(existsSync(scratch)).toBe(false)
  expect(await listBackups(backupsIn())).toHaveLength(1)
  expect(await rehearsed()).toMatchObject({ age: true, opens: true, 'live customerships': true })
})

const rehearsed = async () => {
  const { findings } = await rehearse(partsIn(), backupsIn())
  return Object.fromEntries(findings.map(({ what, isGood }) => [what, isGood]))
}

test('§7 a rehearsal opens what lives and finds that nothing opens what was deleted since', async () => {
  await expect(rehearsed()).rejects.toThrow('no backup')
  await backUp()
  await deleteIt(family)
  const good = { age: true, opens: true, 'live customerships': true, 'deleted since': true }
  expect(await rehearsed()).toEqual(good)
  const told = await operate(['rehearse'])
  expect(told.code).toBe(0)
  expect(told.output).toMatch(/deleted since +1, and no key opens them/)
  expect(told.output).toMatch(/live customerships +1, each with its key; \d+ entries of 1 opened/)

  // A key that is destroyed without a deletion is a client lost; one that outlives it is a promise broken.
  world.parts.keyStore.createDataKey(family.id)
  expect(await rehearsed()).toEqual({ ...good, 'deleted since': false })
  world.parts.keyStore.destroyDataKey(family.id)
  world.parts.keyStore.destroyDataKey(other.id)
  expect(await rehearsed()).toEqual({ ...good, 'live customerships': false })
  expect((await operate(['rehearse'])).code).toBe(1)
})

test('a rehearsal tells a backup that is damaged or old', async () => {
  const path = await backUp()
  world.clock.advance(3 * day)
  expect(await rehearsed()).toMatchObject({ age: false, opens: true })
  const bytes = readFileSync(path)
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  writeFileSync(path, bytes)
  expect(await rehearsed()).toEqual({ age: false, opens: false })
})

test('the operator is told which setting is missing', async () => {
  for (const command of ['backup', 'rehearse'])
    expect(await operate([command], world.folder, { KOTIKAYNTI_BACKUPS: '' })).toEqual({
      code: 1,
      output: 'KOTIKAYNTI_BACKUPS must be set: the folder in which backups lie\n'
    })
  expect(await operate(['restore'])).toMatchObject({ code: 1 })
})
