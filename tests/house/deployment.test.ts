import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readConfig } from '#server/config.ts'
import { settingsOf, unitOf } from '#tests/support/deploy.ts'
import { textOf, writtenFiles } from '#tests/support/tree.ts'
import { runtimeFlags } from '#tools/runtime-flags.js'

/** What it says, or null where this machine does not have it: then it is said that nothing was shown. */
async function ask(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args)
    return stdout + stderr
  } catch (error) {
    const {
      code,
      stdout = '',
      stderr = ''
    } = error as NodeJS.ErrnoException & {
      stdout?: string
      stderr?: string
    }
    if (code !== 'ENOENT') return `failed: ${stdout}${stderr}`
    console.warn(`NOT SHOWN: this machine has no ${command}`)
    return null
  }
}

const settings = settingsOf(textOf('deploy/kotikaynti.env'))
const unit = unitOf(textOf('deploy/kotikaynti.service'))
const folders = [
  'KOTIKAYNTI_DATA',
  'KOTIKAYNTI_KEYS',
  'KOTIKAYNTI_KEYS_BACKUP',
  'KOTIKAYNTI_BACKUPS'
].map((name) => settings[name] ?? name)

test('systemd finds no fault in the unit, and hardly anything exposed', async () => {
  const verified = await ask('systemd-analyze', ['verify', 'deploy/kotikaynti.service'])
  if (verified === null) return
  expect(verified).toBe('')
  // In tenths of the ten that an unhardened service has.
  const most = ['--offline=true', '--threshold=16']
  const security = await ask('systemd-analyze', ['security', ...most, 'deploy/kotikaynti.service'])
  expect(security).toMatch(/^(?!failed)/)
  expect(security).toContain('Overall exposure level')
})

test('the unit keeps to what it promises: a user of its own, one place to write to, no key in sight', () => {
  expect(unit).toMatchObject({
    User: ['kotikaynti'],
    NoNewPrivileges: ['yes'],
    ProtectSystem: ['strict'],
    PrivateTmp: ['yes'],
    CapabilityBoundingSet: [''],
    LimitCORE: ['0'],
    LoadCredential: ['root-key:/etc/kotikaynti/root.key']
  })
  expect(unit['SystemCallFilter']?.[0]).toBe('@system-service')
  const started = `node ${runtimeFlags.join(' ')} server/main.ts`
  expect(unit['ExecStart']).toEqual([`/usr/bin/env ${started}`])
  expect(textOf('deploy/Dockerfile')).toContain(
    `\nCMD ${JSON.stringify(started.split(' ')).replaceAll(',', ', ')}`
  )
  // V8 compiles while it runs: the server would not start.
  expect(unit['MemoryDenyWriteExecute']).toBeUndefined()
  const writable = [
    ...(unit['ReadWritePaths'] ?? []),
    ...(unit['StateDirectory'] ?? []).flatMap((line) =>
      line.split(' ').map((name) => `/var/lib/${name}`)
    )
  ]
  expect(writable).toEqual(['/srv/kotikaynti', folders[0], folders[1]])
  for (const folder of folders)
    expect(writable.some((path) => folder === path || folder.startsWith(`${path}/`))).toBe(true)
})

test('the settings that are given are taken, and hold no secret', () => {
  const config = readConfig(settings)
  expect(config).toMatchObject({
    origins: ['https://kotikaynti.example'],
    trustedProxy: '127.0.0.1',
    host: '127.0.0.1'
  })
  expect(Object.keys(settings).filter((name) => /ROOT_KEY|TOKEN|URL/.test(name))).toEqual([])
})

test('the image runs as a user of its own, from root’s files, and writes to four volumes alone', () => {
  const text = textOf('deploy/Dockerfile').replaceAll('\\\n', ' ')
  const last = text.slice(text.lastIndexOf('\nFROM '))
  expect(last).toMatch(/\nUSER 10001:10001\n/)
  const volumes = JSON.parse(/\nVOLUME (.*)\n/.exec(last)?.[1] ?? '[]') as string[]
  expect(volumes).toEqual(folders)
  expect(last).toMatch(/\nHEALTHCHECK [^\n]*\/api\/health/)
  expect(last).not.toMatch(/COPY \.|--chown|npm /)
  const env = Object.fromEntries(
    [...last.matchAll(/\b((?:KOTIKAYNTI_\w+|HOST))=(\S+)/g)].map(([, name = '', value]) => [
      name,
      value
    ])
  )
  const { dataFolder, keysFolder, keysBackupFolder, backupsFolder } = readConfig(env)
  expect([dataFolder, keysFolder, keysBackupFolder, backupsFolder]).toEqual(folders)
})

test('Caddy takes its configuration', async () => {
  const config = ['--adapter', 'caddyfile', '--config', 'deploy/Caddyfile']
  const said = await ask('caddy', ['validate', ...config])
  if (said !== null) expect(said).toContain('Valid configuration')
})

test('every setting is told in the README', () => {
  const named = new Set(textOf('server/config.ts').match(/\bKOTIKAYNTI_[A-Z_]+\b/g))
  expect(named.size).toBeGreaterThan(10)
  const readme = textOf('README.md')
  // One of them is not spoken by every version.
  named.delete('KOTIKAYNTI_DATABASE_URL')
  expect([...named].filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})

test('what the README says to be woken by is what the server tells', () => {
  const sources = writtenFiles.filter((path) => /^server\/(meters|metrics)\//.test(path))
  const told = sources.map(textOf).join('\n')
  const watched = new Set(textOf('README.md').match(/\bkotikaynti_[a-z_]+\b/g))
  expect(watched.size).toBeGreaterThan(10)
  expect([...watched].filter((name) => !told.includes(`'${name}'`))).toEqual([])
})
