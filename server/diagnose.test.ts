import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { takeBackup } from '#server/backups/take-backup.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { examine } from '#server/doctor/examine.ts'
import { linesOf } from '#server/doctor/finding-lines.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import { Family } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { World } from '#tests/support/world.ts'

// Each test starts whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const hour = 3_600_000
/** Of the test's own machine, and none of the installation's faults. */
const elsewhere = /^(good|WARNING|BAD) +(persistence|origin|disk)/

let base: string
let copies: string

/** An installation of an hour ago: one family, both copies of the keys, a backup, the root key apart. */
beforeAll(async () => {
  copies = mkdtempSync(join(tmpdir(), 'doctor-'))
  base = join(copies, 'base')
  const installing = await World.create({
    now: Date.now() - hour,
    env: envOf(base)
  })
  mkdirSync(join(base, 'root'), { mode: 0o700 })
  await Family.open(installing, await installing.mainUser())
  await installing.parts.store.checkWritable()
  const { config, clock } = installing.parts
  const rootKey = loadRootKey(config.rootKey, config.keysFolder)
  await takeBackup({ config, clock, rootKey }, config.backupsFolder ?? '')
  await installing.close()
  renameSync(join(base, 'keys', 'root.key'), join(base, 'root', 'root.key'))
})
afterAll(() => {
  rmSync(copies, { recursive: true, force: true })
})

function envOf(folder: string): Record<string, string> {
  return {
    KOTIKAYNTI_DATA: join(folder, 'data'),
    KOTIKAYNTI_KEYS: join(folder, 'keys'),
    KOTIKAYNTI_KEYS_BACKUP: join(folder, 'keys-copy'),
    KOTIKAYNTI_BACKUPS: join(folder, 'backups')
  }
}

const keyApart = (folder: string) => ({
  KOTIKAYNTI_ROOT_KEY_FILE: join(folder, 'root', 'root.key')
})

let made = 0
function copyOfBase(): string {
  const folder = join(copies, String((made += 1)))
  execFileSync('cp', ['-a', base, folder])
  return folder
}

/** As the process does it, where no server runs on the folder whose locks it could lose. */
async function examineHere(env: Readonly<Record<string, string>>) {
  const found = await examine({ config: readConfig({ PORT: '1', ...env }), clock: systemClock })
  return linesOf(found)
}

/** Its own process, as the operator starts it. */
function runDoctor(
  env: Readonly<Record<string, string>>
): Promise<{ code: number; lines: string[] }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, PORT: '1', ...env } }
    execFile(process.execPath, ['server/diagnose.ts'], options, (error, stdout, stderr) => {
      const lines = (stdout + stderr).trim().split('\n')
      resolve({ code: error ? Number(error.code ?? 1) : 0, lines })
    })
  })
}

const badOf = (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith('BAD') && !elsewhere.test(line))

/** Every file with what would tell that it was touched. */
const stateOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { size, mtimeMs, ctimeMs, mode } = statSync(join(folder, name))
      return { name, size, mtimeMs, ctimeMs, mode }
    })

test('an installation in order has nothing bad, and is left as it was', async () => {
  const folder = copyOfBase()
  const before = stateOf(folder)
  const { code, lines } = await runDoctor({ ...envOf(folder), ...keyApart(folder) })
  expect(stateOf(folder)).toEqual(before)
  expect(badOf(lines)).toEqual([])
  if (!lines.some((line) => /^BAD +persistence/.test(line))) expect(code).toBe(0)
  const text = lines.join('\n')
  expect(text).toMatch(/good +server +No server runs/)
  expect(text).toMatch(/good +keys +The key store belongs to the register/)
  expect(text).toMatch(/good +database +SQLite finds the register whole, and of this version/)
  expect(text).toMatch(/good +pragmas/)
  expect(text).toMatch(/WARNING +second copy +The second copy of the keys is exact, and lies on/)
  expect(text).toMatch(/WARNING +backups +The newest backup is 1 hours old, and lies on/)
  expect(text).not.toContain(readFileSync(join(folder, 'root', 'root.key'), 'utf8').trim())
  expect(text).not.toContain('Kuusinen')
})

test('beside a running server it says so and asks it for its health; what a killed one left is read too', async () => {
  const folder = copyOfBase()
  const port = await freePort()
  const env = { ...envOf(folder), ...keyApart(folder) }
  const server = new ServerProcess(port, env)
  try {
    await server.start()
    const { code, lines } = await runDoctor({ ...env, PORT: String(port) })
    const text = lines.join('\n')
    expect(badOf(lines)).toEqual([])
    expect(text).toMatch(/good +server +A server runs on this data folder/)
    expect(text).toMatch(
      /WARNING +origin +http:\/\/localhost:\d+ answers, to browsers on this machine/
    )
    if (!/^BAD +persistence/m.test(text)) expect(code).toBe(0)
    // Somewhere else answers, and it is not ours; and nobody does.
    const gone = await runDoctor({
      ...env,
      KOTIKAYNTI_ORIGIN: `http://localhost:${await freePort()}`
    })
    expect(gone.lines.join('\n')).toMatch(/BAD +origin .*ECONNREFUSED.*though the server runs/)
    expect(gone.code).toBe(1)
    // Its disk is full: it serves nobody, and both say so.
    await server.fillDisk(true)
    await vi.waitFor(
      async () => {
        expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(503)
      },
      { timeout: 10_000, interval: 100 }
    )
    const full = await runDoctor({ ...env, PORT: String(port) })
    expect(full.lines.join('\n')).toMatch(/BAD +origin .* starting or cannot write/)
    expect(full.code).toBe(1)
    await server.fillDisk(false)
    // Cut off, it leaves a log that is to be read with the files.
    await server.kill()
    expect(existsSync(join(folder, 'data', 'register.db-wal'))).toBe(true)
    const after = await examineHere(env)
    expect(badOf(after)).toEqual([])
    expect(after.join('\n')).toMatch(/good +server +No server runs/)
  } finally {
    await server.kill()
  }
})

const change = (path: string, sql: string) => {
  const file = new Sqlite(path)
  file.exec(sql)
  file.close()
}

type Spoil = (folder: string) => Readonly<Record<string, string>> | undefined

/** Each fault with the line that names it; `undefined` leaves the settings as they are. */
const faults: readonly (readonly [string, RegExp, Spoil])[] = [
  [
    'a data folder that others may look into',
    /^BAD +permissions +Others may look into KOTIKAYNTI_DATA/,
    (folder) => {
      chmodSync(join(folder, 'data'), 0o755)
    }
  ],
  [
    'a key file that others may read',
    /^BAD +permissions +1 files in KOTIKAYNTI_KEYS may be read by others .*key-store\.db/,
    (folder) => {
      chmodSync(join(folder, 'keys', 'key-store.db'), 0o644)
    }
  ],
  [
    'a root key beside the data',
    /^BAD +root key +The root key lies in KOTIKAYNTI_DATA/,
    (folder) => {
      renameSync(join(folder, 'root', 'root.key'), join(folder, 'data', 'root.key'))
      return { KOTIKAYNTI_ROOT_KEY_FILE: join(folder, 'data', 'root.key') }
    }
  ],
  [
    'a root key that everybody may read',
    /^BAD +root key +Everybody on this machine may read/,
    (folder) => {
      chmodSync(join(folder, 'root', 'root.key'), 0o644)
    }
  ],
  [
    'a root key that is gone',
    /^BAD +root key +KOTIKAYNTI_ROOT_KEY_FILE names a file that cannot be read/,
    (folder) => {
      rmSync(join(folder, 'root', 'root.key'))
    }
  ],
  [
    'another root key',
    /^BAD +keys +The root key does not open the key store/,
    (folder) => {
      writeFileSync(join(folder, 'root', 'root.key'), 'ab'.repeat(32))
    }
  ],
  [
    'the register of another key store',
    /^BAD +keys +The key store does not belong to this register/,
    (folder) => {
      change(
        join(folder, 'data', 'register.db'),
        "UPDATE facts SET value = 'another' WHERE name = 'key-store'"
      )
    }
  ],
  [
    'keys that are older than the register',
    /^BAD +keys +1 customerships of the register have no key/,
    (folder) => {
      for (const copy of ['keys', 'keys-copy'])
        change(join(folder, copy, 'key-store.db'), "DELETE FROM keys WHERE name LIKE 'data/%'")
    }
  ],
  [
    'keys and epochs of two nights',
    /^BAD +keys +1 customerships of the register have no key that opens/,
    (folder) => {
      for (const copy of ['keys', 'keys-copy'])
        change(join(folder, copy, 'epochs.db'), "UPDATE keys SET name = 'epoch/7'")
    }
  ],
  [
    'a second copy that lags behind',
    /^BAD +second copy +The second copy of the keys is not the same/,
    (folder) => {
      change(
        join(folder, 'keys-copy', 'key-store.db'),
        "UPDATE facts SET value = '1' WHERE name = 'changes'"
      )
    }
  ],
  [
    'a second copy that is gone',
    /^BAD +second copy +There is no whole second copy/,
    (folder) => {
      rmSync(join(folder, 'keys-copy', 'epochs.db'))
    }
  ],
  [
    'keys that are gone',
    /^BAD +keys +There is a register, and no whole key store/,
    (folder) => {
      rmSync(join(folder, 'keys', 'key-store.db'))
    }
  ],
  [
    'keys inside the data',
    /^BAD +keys +The data and the keys lie one inside the other/,
    (folder) => {
      renameSync(join(folder, 'keys'), join(folder, 'data', 'keys'))
      return { KOTIKAYNTI_KEYS: join(folder, 'data', 'keys') }
    }
  ],
  [
    'a register of a newer version',
    /^BAD +database +The register was written by a newer version/,
    (folder) => {
      change(
        join(folder, 'data', 'register.db'),
        "INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01')"
      )
    }
  ],
  [
    'a damaged register',
    /^BAD +database +SQLite finds register\.db damaged/,
    (folder) => {
      const path = join(folder, 'data', 'register.db')
      const bytes = readFileSync(path)
      bytes.fill(0x5a, 4096 * 3, 4096 * 30)
      writeFileSync(path, bytes, { mode: 0o600 })
    }
  ],
  [
    'a restore that was cut off',
    /^BAD +database +A restore was not finished/,
    (folder) => {
      writeFileSync(
        join(folder, 'data', 'restore-unfinished'),
        JSON.stringify({ phase: 'placing', backup: '/backups/one.backup', former: 'former' }),
        { mode: 0o600 }
      )
    }
  ],
  [
    'a register that is not written through a log',
    /^BAD +pragmas +register\.db is not written through a log/,
    (folder) => {
      change(join(folder, 'data', 'register.db'), 'PRAGMA journal_mode = delete')
    }
  ],
  [
    'a backup that is late',
    /^BAD +backups +The newest backup is \d+ hours old; one is wanted every 1/,
    (folder) => {
      const [name = ''] = readdirSync(join(folder, 'backups'))
      const path = join(folder, 'backups', name)
      const former = readFileSync(path)
      const end = former.indexOf('\n')
      const header = JSON.parse(former.subarray(0, end).toString()) as { at: string }
      header.at = new Date(Date.now() - 5 * hour).toISOString().replace('Z', '+00:00')
      const line = Buffer.from(JSON.stringify(header))
      writeFileSync(path, Buffer.concat([line, former.subarray(end)]), { mode: 0o600 })
      return { KOTIKAYNTI_BACKUP_HOURS: '1' }
    }
  ],
  [
    'no backup at all',
    /^BAD +backups +There is no backup/,
    (folder) => {
      rmSync(join(folder, 'backups'), { recursive: true })
    }
  ],
  [
    'a clock that was set back',
    /^BAD +clock +The clock is 3 hours behind/,
    (folder) => {
      const later = (Date.now() + 3 * hour) / 1000
      utimesSync(join(folder, 'data', 'register.db'), later, later)
    }
  ],
  [
    'a database that does not answer',
    /^BAD +database +The database of KOTIKAYNTI_DATABASE_URL does not answer ECONNREFUSED/,
    () => ({ KOTIKAYNTI_DATABASE_URL: 'postgres://me:kanaria@127.0.0.1:1/kotikaynti' })
  ]
]

test.each(faults)('%s is named, with what to do', async (_name, line, spoil) => {
  const folder = copyOfBase()
  const settings = spoil(folder)
  const env = { ...envOf(folder), ...keyApart(folder), ...settings }
  const before = stateOf(folder)
  const lines = await examineHere(env)
  expect(badOf(lines)).toEqual([expect.stringMatching(line)])
  const at = lines.findIndex((one) => line.test(one))
  expect(lines[at + 1]).toMatch(/^ +→ \S/)
  expect(lines.join('\n')).not.toContain('kanaria')
  expect(stateOf(folder)).toEqual(before)
})

test('a setting that is wrong is named as the start would name it', async () => {
  const { code, lines } = await runDoctor({ ...envOf(base), KOTIKAYNTI_BACKUP_HOURS: 'kanaria' })
  expect(lines[0]).toMatch(/^BAD +settings +KOTIKAYNTI_BACKUP_HOURS must be a number/)
  expect(lines.join('\n')).not.toContain('kanaria')
  expect(code).toBe(1)
})

test('folders in memory are named: a restart loses them', async () => {
  const memory = '/dev/shm'
  const isMemory = existsSync(memory) && statfsSync(memory).type === 0x01021994
  if (!isMemory) {
    console.warn('NOT SHOWN: this machine has no file system in memory at /dev/shm')
    return
  }
  const folder = mkdtempSync(join(memory, 'doctor-'))
  try {
    cpSync(join(base, 'data'), join(folder, 'data'), { recursive: true })
    const env = { ...envOf(base), ...keyApart(base), KOTIKAYNTI_DATA: join(folder, 'data') }
    const lines = await examineHere(env)
    expect(lines.join('\n')).toMatch(
      /BAD +persistence +KOTIKAYNTI_DATA .* lies in memory \(tmpfs\)/
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
