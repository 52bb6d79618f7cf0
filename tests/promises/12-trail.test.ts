import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consoleActs } from '#contract/console-act.ts'
import { dayAt } from '#contract/day.ts'
import { actsAnswerSchema, logAnswerSchema, type LogAnswer } from '#contract/log.ts'
import { trailCheckSchema, type TrailCheck } from '#contract/trail-check.ts'
import { recordDisclosure, recordDisclosureReceipt } from '#server/audit/disclosure.ts'
import { checkpointsFile } from '#server/audit/keep-checkpoint.ts'
import { takeBackup } from '#server/backups/take-backup.ts'
import { restore } from '#server/backups/restore.ts'
import { readConfig } from '#server/config.ts'
import { isAct } from '#server/http/record-acts.ts'
import { endpoints } from '#server/http/endpoints.ts'
import { doDaily } from '#server/jobs/daily.ts'
import { actWords } from '#lib/logs/act-words.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

const hour = 3_600_000
const day = 24 * hour

let world: World
let mainUser: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
  await use()
})
afterEach(() => world.close())

async function signIn(): Promise<void> {
  const { cookies } = await world.signedIn(mainUser)
  office.cookies.set('session', cookies.get('session') ?? '')
}

/** A look at the client's data, which is a line of the log. */
async function use(): Promise<void> {
  world.clock.advance(hour / 2)
  await signIn()
  const path = `/api/office/customerships/${family.id}?purpose=organising`
  expect((await office.ask('GET', path)).status).toBe(200)
}

async function check(): Promise<TrailCheck> {
  const answer = await office.ask('GET', '/api/office/log/check')
  expect(answer.status, answer.text).toBe(200)
  return trailCheckSchema.parse(answer.body)
}

/** What somebody does who has the disk, and no key. */
async function onDisk(deed: (register: Sqlite.Database) => void): Promise<void> {
  await world.stop()
  const register = new Sqlite(join(world.folder, 'data', 'register.db'))
  deed(register)
  register.close()
  await world.start()
  await signIn()
}

/** The line of the trail that the newest look is. */
function newestUse(register: Sqlite.Database): number {
  const row = register
    .prepare<[string], { line: number }>(
      "SELECT max(line) AS line FROM uses WHERE customership = ? AND kind = 'open'"
    )
    .get(family.id)
  return row?.line ?? 0
}

/** A summary that left, and that was received. */
async function disclose(): Promise<void> {
  const sent = { customership: family.id, kind: 'summary', reference: 'KK-1' } as const
  const more = {
    recipient: 'mallikunta',
    channel: 'by-hand',
    ground: 'client-records-act'
  } as const
  const disclosure = { ...sent, ...more, by: mainUser.id, fingerprint: null }
  await recordDisclosure(world.parts.store, world.clock, disclosure)
  await recordDisclosureReceipt(world.parts.store, world.clock, sent, 'received')
}

test.runIf(isOnFiles)(
  '§12 everything that is logged is a line of the trail, and the logs are as it says',
  async () => {
    await disclose()
    const invited = {
      displayName: 'Uusi Työntekijä',
      username: 'uusi',
      role: 'worker',
      tasks: ['care']
    }
    expect((await office.ask('POST', '/api/office/users', invited)).status).toBe(201)
    const checked = await check()
    expect(checked).toMatchObject({ faults: [], forgotten: 0, expired: 0, restored: [] })
    // All but the line that says that the register began.
    expect(checked.compared).toBe(checked.entries - 1)
    const kinds = await world.parts.store.trail.after(0, 1000)
    for (const kind of ['begun', 'use', 'disclosure', 'receipt', 'act'])
      expect(kinds.map((line) => line.kind)).toContain(kind)
  }
)

const edits: Record<string, (register: Sqlite.Database, line: number) => void> = {
  'a use that is said to be another’s': (db, line) =>
    db.prepare('UPDATE uses SET user = NULL WHERE line = ?').run(line),
  'a use at another time': (db, line) =>
    db.prepare('UPDATE uses SET at = at + 1 WHERE line = ?').run(line),
  'a use for another purpose': (db, line) =>
    db.prepare("UPDATE uses SET purpose = 'reporting' WHERE line = ?").run(line)
}

for (const [what, edit] of Object.entries(edits))
  test.runIf(isOnFiles)(`§12 ${what} is found, with its line`, async () => {
    let line = 0
    await use()
    await onDisk((register) => {
      line = newestUse(register)
      edit(register, line)
    })
    expect((await check()).faults).toEqual([{ code: 'log-changed', number: line }])
  })

test.runIf(isOnFiles)(
  '§12 a disclosure that is said to have gone elsewhere is found, and so is a receipt that was none',
  async () => {
    await disclose()
    let lines: { line: number; receiptLine: number } | undefined
    await onDisk((register) => {
      lines = register
        .prepare<[], { line: number; receiptLine: number }>(
          'SELECT line, receiptLine FROM disclosures'
        )
        .get()
      register.exec("UPDATE disclosures SET recipient = 'muukunta', receiptCode = 'returned'")
    })
    expect((await check()).faults).toEqual([
      { code: 'log-changed', number: lines?.line },
      { code: 'log-changed', number: lines?.receiptLine }
    ])
  }
)

test.runIf(isOnFiles)('§12 a use that is taken out of the log is missed there', async () => {
  let line = 0
  await onDisk((register) => {
    line = newestUse(register)
    register.prepare('DELETE FROM uses WHERE line = ?').run(line)
  })
  expect((await check()).faults).toEqual([{ code: 'log-missing', number: line }])
})

test.runIf(isOnFiles)(
  '§12 with its line of the trail taken out as well, the trail has a gap',
  async () => {
    let line = 0
    await use()
    await onDisk((register) => {
      line = newestUse(register) - 1
      register.prepare('DELETE FROM uses WHERE line = ?').run(line)
      register.prepare('DELETE FROM trail WHERE number = ?').run(line)
    })
    expect((await check()).faults).toEqual([{ code: 'missing', number: line }])
  }
)

test.runIf(isOnFiles)('§12 a line of the trail that is edited no longer fits', async () => {
  let line = 0
  await onDisk((register) => {
    line = newestUse(register)
    register.prepare('UPDATE trail SET at = at - 1 WHERE number = ?').run(line)
  })
  expect((await check()).faults).toEqual([{ code: 'changed', number: line }])
})

test.runIf(isOnFiles)('§12 two lines that change places are found', async () => {
  let line = 0
  await use()
  await onDisk((register) => {
    line = newestUse(register)
    const move = register.prepare('UPDATE trail SET number = ? WHERE number = ?')
    move.run(-1, line)
    move.run(line, line - 1)
    move.run(line - 1, -1)
  })
  const { faults } = await check()
  expect(faults[0]).toEqual({ code: 'changed', number: line - 1 })
})

test.runIf(isOnFiles)(
  '§12 whoever cuts the end off, log and all, is found by what was kept beside the keys',
  async () => {
    await use()
    await doDaily(world.parts)
    const { number } = await world.parts.store.trail.head()
    await onDisk((register) => {
      const line = newestUse(register)
      for (const table of ['uses', 'acts'])
        register.prepare(`DELETE FROM ${table} WHERE line >= ?`).run(line)
      register.prepare('DELETE FROM trail WHERE number >= ?').run(line)
      register.exec('DELETE FROM checkpoints')
    })
    const { faults } = await check()
    // Signing in anew gave the trail lines again, though other ones.
    expect(faults).toContainEqual({ code: expect.stringMatching(/^(cut|rewritten)$/), number })
  }
)

test.runIf(isOnFiles)(
  '§12 a line that is put into the log with a place of its own choice is found',
  async () => {
    await onDisk((register) => {
      register.prepare("INSERT INTO uses (kind, at, line) VALUES ('open', 1, 1000000)").run()
    })
    expect((await check()).faults).toEqual([{ code: 'log-added', number: null }])
  }
)

test.runIf(isOnFiles)(
  '§12 what was logged before there was a trail, or comes without a place, is taken in as such',
  async () => {
    await onDisk((register) => {
      register.prepare("INSERT INTO uses (kind, at) VALUES ('open', 1)").run()
    })
    expect((await check()).faults).toEqual([])
    const lines = await world.parts.store.trail.after(0, 1000)
    expect(lines.filter(({ kind }) => kind === 'adopted')).toHaveLength(1)
  }
)

async function exported(name: string): Promise<string> {
  const answer = await office.ask('GET', '/api/office/log/trail')
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const file = join(world.folder, name)
  writeFileSync(file, answer.text)
  return file
}

/** As the operator asks, with nothing but the files. */
async function verify(...args: string[]): Promise<{ code: number; out: string }> {
  const node = promisify(execFile)
  try {
    const { stdout } = await node(process.execPath, ['tools/verify-trail.js', ...args])
    return { code: 0, out: stdout }
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return { code, out: stdout }
  }
}

test('§12 after a deletion the trail verifies still, and does not say any more whom it was about', async () => {
  await doDaily(world.parts)
  await family.end(dayAt(world.clock.now()))
  world.clock.advance(day)
  await signIn()
  await signIn()
  await family.settle()
  const before = await check()
  const deletion = await office.ask('POST', `/api/office/customerships/${family.id}/deletion`)
  expect(deletion.status).toBe(200)
  await world.app.jobs.runDue()
  const after = await check()
  expect(after.faults).toEqual([])
  expect(before.forgotten).toBe(0)
  expect(after.forgotten).toBeGreaterThan(3)
  const file = await exported('trail.txt')
  expect(readFileSync(file, 'utf8')).not.toContain(family.id)
  const kept = join(world.folder, 'keys-copy', checkpointsFile)
  const { code, out } = await verify(file, '--checkpoints', kept, '--key', after.key)
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('WHOLE') })
})

test('§12 the verifier needs the exported files only, and says which entry was edited', async () => {
  await doDaily(world.parts)
  const file = await exported('trail.txt')
  const lines = readFileSync(file, 'utf8').split('\n')
  const edited = lines[3]?.replace(/ \d+ /, ' 1 ') ?? ''
  writeFileSync(file, lines.with(3, edited).join('\n'))
  const { code, out } = await verify(file)
  expect(code).toBe(1)
  expect(out).toContain('line 4, entry 3: this entry was edited')
  expect((await verify()).code).toBe(2)
})

const partsIn = () => {
  const config = readConfig({ ...world.env, KOTIKAYNTI_BACKUPS: join(world.folder, 'backups') })
  return { config, clock: world.clock, rootKey: loadRootKey(config.rootKey, config.keysFolder) }
}

test('§12 a restore goes on with the trail of the former register, and says that it was one', async () => {
  const backup = await takeBackup(partsIn(), join(world.folder, 'backups'))
  await use()
  await doDaily(world.parts)
  const { number } = await world.parts.store.trail.head()
  await world.stop()
  await restore(partsIn(), backup)
  await world.start()
  await signIn()
  const checked = await check()
  expect(checked.faults).toEqual([])
  expect(checked.restored).toHaveLength(1)
  expect(checked.restored[0]?.number).toBeGreaterThan(number)
})

test.runIf(isOnFiles)(
  '§12 where the former register is lost, what was kept tells what the backup did not have',
  async () => {
    const backup = await takeBackup(partsIn(), join(world.folder, 'backups'))
    const { number } = await world.parts.store.trail.head()
    await use()
    await doDaily(world.parts)
    await world.stop()
    for (const more of ['', '-wal', '-shm'])
      writeFileSync(join(world.folder, 'data', `register.db${more}`), 'no register')
    await restore(partsIn(), backup)
    await world.start()
    await signIn()
    const checked = await check()
    expect(checked.faults).toEqual([])
    expect(checked.restored).toEqual([expect.objectContaining({ number: number + 1 })])
    const kept = join(world.folder, 'keys-copy', checkpointsFile)
    const { code, out } = await verify(await exported('trail.txt'), '--checkpoints', kept)
    expect(code).toBe(0)
    expect(out).toContain('checkpoints are of entries that the backup did not have')
  }
)

test('§12 what a main user does beside clients’ data is written down before it is done, and its refusal after', async () => {
  const path = `/api/office/users/${mainUser.id}`
  expect(codeOf(await office.ask('PUT', path, { role: 'worker' }))).toBe('invalid')
  const [refused, opened] = actsAnswerSchema.parse(
    (await office.ask('GET', '/api/office/acts')).body
  ).lines
  expect(refused).toMatchObject({
    ...{ act: 'PUT /api/office/users/:id', isRefused: true },
    ...{ userName: 'Sirpa Koordinaattori', subject: 'Sirpa Koordinaattori' }
  })
  expect(opened).toMatchObject({ act: 'POST /api/office/customerships', isRefused: false })
  expect((await check()).faults).toEqual([])
})

test('§12 nobody has an address by which a line of a log is changed or removed', () => {
  const ofLogs = Object.keys(endpoints).filter((name) => / \/api\/(office\/)?(log|acts)/.test(name))
  expect(ofLogs.length).toBeGreaterThan(4)
  expect(ofLogs.filter((name) => !name.startsWith('GET '))).toEqual([])
})

test('§12 whatever changes something leaves a line: an act, a use of a client’s data, or a signing in', () => {
  const unlogged = Object.keys(endpoints).filter((name) => {
    const [method = '', pattern = ''] = name.split(' ')
    return method !== 'GET' && !isAct(method, pattern)
  })
  expect(unlogged.filter((name) => !/\/api\/office\/customerships\/:/.test(name))).toEqual([
    'POST /api/session',
    'POST /api/session/lock',
    'POST /api/session/passkey/options',
    'POST /api/session/passkey',
    'POST /api/passkeys/options',
    'POST /api/session/unlock/options',
    'POST /api/session/unlock',
    'POST /api/welcome/status',
    'POST /api/welcome',
    'POST /api/devices/:id/state',
    'POST /api/devices/:id/wiped',
    'POST /api/sync/pull',
    'POST /api/sync/push',
    'POST /api/office/customerships/search'
  ])
})

test('§12 whatever is logged as an act is told in words', () => {
  const acts = Object.keys(endpoints).filter((name) => {
    const [method = '', pattern = ''] = name.split(' ')
    return isAct(method, pattern)
  })
  expect(acts.filter((act) => !(act in actWords))).toEqual([])
  const others = Object.keys(actWords).filter((act) => !acts.includes(act))
  expect(others).toEqual([...consoleActs, 'sign-in'])
})

test('§12 a day has one checkpoint, beside each copy of the keys, and none when nothing was logged', async () => {
  await doDaily(world.parts)
  await doDaily(world.parts)
  world.clock.advance(day)
  await doDaily(world.parts)
  const folders = world.parts.keyStore.folders
  expect(folders).toHaveLength(2)
  const files = folders.map((folder) => readFileSync(join(folder, checkpointsFile), 'utf8'))
  expect(new Set(files).size).toBe(1)
  expect(files[0]?.trimEnd().split('\n')).toHaveLength(1)
  await use()
  await doDaily(world.parts)
  expect(await world.parts.store.trail.checkpoints()).toHaveLength(2)
})

async function log(query = '', client = office): Promise<LogAnswer> {
  const answer = await client.ask('GET', `/api/office/log${query}`)
  expect(answer.status, answer.text).toBe(200)
  return logAnswerSchema.parse(answer.body)
}

test('§12 the log is searched by client, user, kind, purpose and month, and goes on by pages', async () => {
  const other = await Family.open(world, office, 'Haapalainen')
  await use()
  const ofOther = await log(`?customership=${other.id}`)
  expect(ofOther.lines.map(({ clientName, kind }) => [clientName, kind])).toEqual([
    ['Aino Haapalainen', 'list'],
    ['Aino Haapalainen', 'write']
  ])
  const opened = await log('?kind=open&purpose=organising')
  expect(opened.lines.map(({ customership }) => customership)).toEqual([family.id, family.id])
  expect((await log('?month=2026-10')).lines).toEqual([])
  const worker = await world.user({ role: 'worker' })
  expect((await log(`?user=${worker.id}`)).lines).toEqual([])
  for (let index = 0; index < 120; index += 1)
    await world.parts.store.usage.append([
      {
        customership: family.id,
        user: mainUser.id,
        device: null,
        kind: 'show',
        purpose: null,
        at: index
      }
    ])
  const pages: LogAnswer[] = []
  for (let before: string | null = ''; before !== null; before = pages.at(-1)?.next ?? null)
    pages.push(await log(`?kind=show${before && `&before=${before}`}`))
  const lines = pages.flatMap((page) => page.lines.map(({ line }) => line))
  expect(pages.map((page) => page.lines.length)).toEqual([50, 50, 20])
  expect(new Set(lines).size).toBe(120)
})

test('§12 what is unusual says by which rule: at night, many within an hour, one’s own surname', async () => {
  const own = await Family.open(world, office, 'Koordinaattori')
  const night = Date.parse('2026-11-22T23:30:00Z')
  const append = (at: number, customership = family.id) =>
    world.parts.store.usage.append([
      { customership, user: mainUser.id, device: null, kind: 'open', purpose: 'organising', at }
    ])
  await append(night)
  await append(Date.parse('2026-11-23T10:00:00Z'), own.id)
  for (let index = 0; index < 31; index += 1)
    await append(Date.parse('2026-11-24T10:00:00Z') + index * 60_000)
  const { lines } = await log('?unusual=1')
  const said = lines.map(({ at, unusual }) => [at, unusual])
  expect(said).toEqual([
    ['2026-11-24T10:30:00.000Z', ['many']],
    ['2026-11-23T10:00:00.000Z', ['own-name']],
    ['2026-11-22T23:30:00.000Z', ['night']],
    ...said.slice(3)
  ])
  expect(said.slice(3).every(([, rules]) => String(rules) === 'own-name')).toBe(true)
})

test('§12 who only oversees reads the log without a client’s name; a worker reads their own and nobody’s', async () => {
  const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
  const overseeing = await world.signedIn(overseer)
  expect((await log('', overseeing)).lines.map(({ clientName }) => clientName)).not.toContain(
    'Aino Kuusinen'
  )
  const worker = await world.user({ role: 'worker' })
  const at = await world.signedIn(worker)
  for (const path of ['log', 'acts', 'log/check', 'log/trail', 'log/checkpoint'])
    expect(codeOf(await at.ask('GET', `/api/office/${path}`))).toBe('not-allowed')
  await world.parts.store.usage.append([
    { customership: family.id, user: worker.id, device: null, kind: 'show', purpose: null, at: 5 }
  ])
  const own = logAnswerSchema.parse((await at.ask('GET', '/api/log')).body)
  expect(own.lines.map(({ user, clientName }) => [user, clientName])).toEqual([[worker.id, null]])
  expect(codeOf(await at.ask('GET', `/api/log?user=${mainUser.id}`))).toBe('unknown-property')
})
