import { ESLint } from 'eslint'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import svelteParser from 'svelte-eslint-parser'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'
import { aliasOf, ladder, type Unit, unitAt, units } from '#tools/ladder.js'

/** The rungs as the house was drawn, written a second time: changing the ladder takes two hands. */
const rungs: readonly (readonly string[])[] = [
  ['contract'],
  ['server/clock.ts', 'server/config.ts', 'server/log.ts', 'server/keys', 'src/lib/ui'],
  ['server/store', 'server/audit', 'server/packing', 'src/lib/i18n'],
  ['server/access', 'src/lib/http', 'src/lib/device'],
  ['server/http', 'src/lib/vault', 'src/lib/outbox'],
  ['server/auth', 'server/users', 'server/notes', 'server/visits', 'src/lib/session'],
  ['server/ending', 'server/rights', 'src/lib/sync', 'src/lib/operations'],
  ['server/sync', 'server/jobs', 'src/lib/notes', 'src/lib/visits', 'src/lib/today'],
  ['server/app.ts', 'server/listening.ts', 'server/main.ts', 'src/routes', 'src/service-worker.ts']
]

/** Sideways steps that the house allows by name. */
const beside = new Set([
  'server/keys → server/clock.ts',
  'server/keys → server/log.ts',
  'server/audit → server/store',
  'server/rights → server/ending',
  'server/main.ts → server/app.ts',
  'server/main.ts → server/listening.ts'
])

const mayReach: Readonly<Record<string, readonly string[]>> = {
  'src/service-worker.ts': ['contract', 'src/lib/http', 'src/lib/device', 'src/lib/outbox'],
  'src/lib/ui': []
}

const rungOf = (at: string) => rungs.findIndex((rung) => rung.includes(at))
const sideOf = (at: string) => at.split('/')[0]

function isAllowed(from: string, to: string): boolean {
  if (from === to) return true
  const only = mayReach[from]
  if (only) return only.includes(to)
  if (to === 'contract') return true
  if (to === 'server/http') return from === 'server/app.ts'
  if (sideOf(from) !== sideOf(to)) return false
  return rungOf(to) < rungOf(from) || beside.has(`${from} → ${to}`)
}

const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    {
      files: ['**/*.svelte'],
      languageOptions: { parser: svelteParser, parserOptions: { parser: tseslint.parser } }
    },
    ...ladder
  ]
})

/** The numbers of the lines on which something was found. */
async function findings(filePath: string, lines: readonly string[]): Promise<number[]> {
  const [result] = await eslint.lintText(lines.join('\n'), { filePath })
  const fatal = result?.messages.find((message) => message.fatal)
  if (!result || fatal) throw new Error(fatal?.message ?? `${filePath} was not linted`)
  return [...new Set(result.messages.map(({ line }) => line - 1))].sort((a, b) => a - b)
}

/** A file that lies in the unit. */
const fileIn = (at: string, name = 'some-deed.ts') => (at.endsWith('.ts') ? at : `${at}/${name}`)
/** What another file writes to import from it. */
const specifierOf = (unit: Unit) => aliasOf(unit) + (unit.at.endsWith('.ts') ? '' : 'thing.ts')

const named = rungs.flat()

test.for(named)('%s imports down the ladder, and every other line is found', async (from) => {
  const lines = named.map((to) => `import { thing } from '${specifierOf(unitAt(to))}'`)
  const forbidden = named.flatMap((to, line) => (isAllowed(from, to) ? [] : [line]))
  expect((await findings(fileIn(from), lines)).map((line) => named[line])).toEqual(
    forbidden.map((line) => named[line])
  )
})

test('a component is held to the ladder as much as a module is', async () => {
  const lines = [
    `<script lang="ts">`,
    `import { vault } from '#lib/vault/vault.svelte.ts'`,
    `import { say } from '#lib/i18n/say.ts'`,
    `import Field from '../notes/Field.svelte'`,
    `</script>`,
    `<Field label={say('a')} {vault} />`
  ]
  expect(await findings('src/lib/ui/Button.svelte', lines)).toEqual([1, 2, 3])
  expect(await findings('src/lib/visits/Card.svelte', lines)).toEqual([3])
})

test('only what is mounted speaks HTTP', async () => {
  const lines = [
    `import { readBody } from '#server/http/input.ts'`,
    `import { Hono } from 'hono'`,
    `import { getCookie } from 'hono/cookie'`
  ]
  expect(await findings('server/notes/routes.ts', lines)).toEqual([])
  expect(await findings('server/sync/routes.ts', lines)).toEqual([])
  expect(await findings('server/notes/sign-note.ts', lines)).toEqual([0, 1, 2])
  expect(await findings('server/jobs/run.ts', lines)).toEqual([0, 1, 2])
})

/** One line that must be found, and the two files: where it is at home, and where it is not. */
const reserved: readonly (readonly [line: string, home: string | null, away: string])[] = [
  [`import { eraseRows } from '#server/store/erase.ts'`, 'server/ending/a.ts', 'server/jobs/a.ts'],
  [`keyStore.destroyDataKey(id)`, 'server/ending/a.ts', 'server/sync/a.ts'],
  [`import Database from 'better-sqlite3'`, 'server/store/a.ts', 'server/visits/a.ts'],
  [`import { sql } from 'kysely'`, 'server/keys/a.ts', 'server/access/a.ts'],
  [`import { createHash } from 'node:crypto'`, 'server/audit/a.ts', 'server/notes/a.ts'],
  [`import { readFileSync } from 'node:fs'`, 'server/store/a.ts', 'server/notes/a.ts'],
  [`import Dexie from 'dexie'`, 'src/lib/device/a.ts', 'src/lib/notes/a.ts'],
  [`import { argon2id } from 'hash-wasm'`, 'src/lib/vault/a.ts', 'src/lib/outbox/a.ts'],
  [`import { a } from '#server/store/register.ts'`, 'server/visits/a.ts', 'src/lib/visits/a.ts'],
  [`import { a } from '#lib/vault/seal.ts'`, 'src/lib/vault/a.ts', 'src/lib/outbox/deliver.ts'],
  [`import { a } from '#lib/outbox/seal.ts'`, 'src/lib/outbox/deliver.ts', 'src/lib/vault/a.ts'],
  [`import { a } from '#tests/support/world.ts'`, null, 'server/sync/a.ts'],
  [`import left from 'left-pad'`, null, 'src/lib/visits/a.ts'],
  [`import { a } from '../visits/a.ts'`, null, 'src/lib/visits/inner/a.ts'],
  [`const key = crypto.subtle.generateKey`, 'src/lib/vault/a.ts', 'src/lib/sync/a.ts'],
  [`const { subtle } = crypto`, 'src/lib/outbox/a.ts', 'src/routes/a.ts'],
  [`const now = Date.now()`, 'server/clock.ts', 'server/jobs/a.ts'],
  [`const now = new Date()`, 'src/lib/device/a.ts', 'src/lib/today/a.ts'],
  [`const now = Date()`, 'server/clock.ts', 'contract/a.ts'],
  [`const port = process.env['PORT']`, 'server/config.ts', 'server/http/a.ts'],
  [`await fetch('/api/pull')`, 'src/lib/http/a.ts', 'src/lib/sync/a.ts'],
  [`await fetch('/api/push')`, 'src/lib/outbox/deliver.ts', 'src/lib/outbox/a.ts'],
  [`await globalThis.fetch('/api/push')`, 'src/lib/http/a.ts', 'src/routes/a.ts'],
  [`await fetch('/anywhere')`, null, 'server/jobs/a.ts'],
  [`new WebSocket('/anywhere')`, null, 'src/lib/http/a.ts'],
  [`localStorage.setItem('name', name)`, 'src/lib/device/a.ts', 'src/lib/visits/a.ts'],
  [`console.log(name)`, 'server/log.ts', 'server/visits/a.ts'],
  [`const id = Math.random()`, null, 'server/auth/a.ts'],
  [`const en = import('./en.ts')`, 'src/lib/i18n/a.ts', 'src/routes/a.ts'],
  [`export default 1`, null, 'server/visits/a.ts'],
  [`export * from './a.ts'`, null, 'contract/a.ts'],
  [`export { a } from './a.ts'`, null, 'src/lib/visits/a.ts'],
  [`let open = $state(false)`, 'src/lib/ui/a.svelte.ts', 'src/lib/vault/a.svelte.ts'],
  [`export const held = $state.raw({})`, 'src/lib/i18n/a.svelte.ts', 'src/lib/sync/a.svelte.ts'],
  [`export let current = null`, 'src/lib/ui/a.ts', 'src/lib/session/a.ts']
]

test.for(reserved)('%s is found outside its home', async ([line, home, away]) => {
  if (home !== null) expect(await findings(home, [line])).toEqual([])
  expect(await findings(away, [line])).toEqual([0])
})

test('state in a component is its own; in its module script it would outlive the lock', async () => {
  const own = ['<script lang="ts">', 'let open = $state(false)', '</script>', '{open}']
  expect(await findings('src/lib/visits/Card.svelte', own)).toEqual([])
  const shared = ['<script module lang="ts">', 'let open = $state(false)', '</script>', '{open}']
  expect(await findings('src/lib/visits/Card.svelte', shared)).toEqual([1])
})

test('every folder and every lone file of the house stands on the ladder', () => {
  const known = new Set(units.map(({ at }) => at))
  const onDisk = ['server', 'src', 'src/lib'].flatMap((parent) =>
    readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || /(?<!\.test)\.(ts|svelte)$/.test(entry.name))
      .map((entry) => join(parent, entry.name))
  )
  expect(onDisk.filter((path) => path !== 'src/lib' && !known.has(path))).toEqual([])
  expect(existsSync('contract')).toBe(true)
})
