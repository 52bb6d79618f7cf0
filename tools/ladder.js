/**
 * Which folder may import which: imports go down the ladder only, and folders on one rung do not see
 * each other. `eslint.config.js` and `tests/house` both read it here.
 *
 * Everything is an allow-list, so the direct edges prove reachability: nothing that the service
 * worker can reach, reaches the vault.
 *
 * @typedef {object} Unit
 * @property {string} at a folder, or one file
 * @property {number} rung
 * @property {readonly string[]} packages
 * @property {readonly string[]} [beside] units on its own rung that it may use
 * @property {readonly string[]} [only] all that it may use, instead of everything below
 * @property {readonly Right[]} [may] what is reserved to few
 *
 * @typedef {'http' | 'hono' | 'erase' | 'node-crypto' | 'files' | 'subtle' | 'time' | 'environment'
 *   | 'fetch' | 'console' | 'module-state' | 'dynamic-import' | 'browser-storage'} Right
 */

const zod = ['zod', 'zod/mini']
const sql = ['kysely', 'kysely/migration', 'better-sqlite3', 'pg']
const hono = ['hono', 'hono/*']
const svelte = ['svelte', 'svelte/*', '$app/*']

/** @type {(names: string[], rung: number, more?: Partial<Unit>) => Unit[]} */
const server = (names, rung, more) =>
  names.map((name) => ({ at: `server/${name}`, rung, packages: zod, ...more }))

/** @type {(names: string[], rung: number, more?: Partial<Unit>) => Unit[]} */
const client = (names, rung, more) =>
  names.map((name) => ({
    at: `src/lib/${name}`,
    rung,
    packages: ['zod/mini', ...svelte],
    ...more
  }))

const serverWords = [
  'customerships',
  'profiles',
  'contacts',
  'decisions',
  'assignments',
  'visits',
  'notes',
  'documents',
  'summaries',
  'transfers',
  'import',
  'users',
  'logs',
  'devices',
  'organisation',
  'notices',
  'incidents',
  'oversight',
  'statistics'
]

const clientWords = [
  'account',
  'today',
  'customerships',
  'profiles',
  'contacts',
  'decisions',
  'assignments',
  'visits',
  'notes',
  'summaries',
  'disclosures',
  'users',
  'devices',
  'organisation',
  'statistics'
]

/** @type {readonly Unit[]} */
export const units = [
  { at: 'contract', rung: 0, packages: zod },

  ...server(['clock.ts'], 1, { may: ['time'] }),
  ...server(['config.ts'], 1, { may: ['environment', 'files'] }),
  ...server(['log.ts'], 1, { may: ['console'] }),
  // What the server counts of its own work.
  ...server(['meters'], 1),
  // Work on thousands, in which others get their turn.
  ...server(['in-turns.ts'], 1),
  // Keys expire, and a fault in the second copy is logged.
  ...server(['keys'], 1, {
    packages: [...zod, ...sql, '@hpke/core'],
    beside: ['server/clock.ts', 'server/log.ts'],
    may: ['node-crypto', 'subtle', 'files']
  }),
  ...server(['store'], 2, { packages: [...zod, ...sql], may: ['files'] }),
  // SECURITY 23: an old register forgets again, a key that is left included, before it is served.
  ...server(['store/forget-again.ts'], 2, { beside: ['server/store'], may: ['erase'] }),
  // What draws papers: PDFs with the fonts that the app has too.
  ...server(['paper'], 2, { packages: [...zod, 'pdfkit'], may: ['files'] }),
  // What a picture is by its bytes, and what of it is kept.
  ...server(['pictures'], 2),
  // What wraps up what leaves: encrypted archives, tables for spreadsheets, passphrases.
  ...server(['packing'], 2, { packages: [...zod, '@zip.js/zip.js'] }),
  // Checkpoints of the trail lie beside the keys, too.
  ...server(['audit'], 2, { beside: ['server/store'], may: ['node-crypto', 'files'] }),
  ...server(['access'], 3),
  // SECURITY 23: what is restored forgets again what was deleted since.
  ...server(['backups'], 3, { may: ['files', 'node-crypto', 'erase'] }),
  ...server(['http'], 4, {
    packages: [...zod, ...hono, '@hono/node-server', '@hono/node-server/*'],
    may: ['hono', 'files']
  }),
  ...server(['auth'], 5, {
    packages: [...zod, '@simplewebauthn/server', '@simplewebauthn/server/helpers'],
    may: ['node-crypto', 'subtle']
  }),
  ...server(serverWords, 5),
  ...server(['disclosures'], 5),
  // Who keeps the office ticks for one who has left.
  ...server(['prints'], 5, { beside: ['server/users'] }),
  ...server(['ending'], 6, { may: ['erase'] }),
  ...server(['rights'], 6, { beside: ['server/ending'] }),
  ...server(['sync'], 7),
  // Tells whoever listens that there is something to fetch.
  ...server(['live'], 7),
  // What whoever watches the server reads.
  ...server(['metrics'], 7, { may: ['http', 'hono', 'files'], packages: [...zod, 'hono'] }),
  // Looks at an installation from outside, and writes nothing.
  ...server(['doctor'], 7, { may: ['files'] }),
  ...server(['jobs'], 7, { packages: [...zod, 'croner'] }),
  ...server(['demo'], 7, { may: ['files'] }),
  // What is done at the server's console while it is stopped: a rotation of the root key, ways back in.
  ...server(['console'], 7, { may: ['files'] }),
  ...server(['app.ts'], 8, { packages: [...zod, ...hono], may: ['http', 'hono', 'files'] }),
  // The port: opened, closed and shared by both starts.
  ...server(['listening.ts'], 8, { packages: ['@hono/node-server'] }),
  // What the operator does beside the server.
  ...server(['operator.ts', 'diagnose.ts'], 8, { may: ['environment', 'console'] }),
  // The two starts: one for real, one with practice data.
  ...server(['main.ts', 'demo.ts'], 8, {
    packages: [...zod, 'croner'],
    beside: ['server/app.ts', 'server/listening.ts'],
    may: ['environment', 'files', 'console']
  }),

  ...client(['ui'], 1, {
    packages: [...svelte, '@fontsource-variable/*'],
    only: [],
    may: ['module-state']
  }),
  ...client(['i18n'], 2, { may: ['module-state', 'dynamic-import', 'browser-storage'] }),
  ...client(['http'], 3, { may: ['fetch'] }),
  // Words that are asked of a person, with no identity code in them.
  ...client(['words'], 3),
  ...client(['device'], 3, {
    packages: ['zod/mini', ...svelte, 'dexie', '@simplewebauthn/browser'],
    may: ['time', 'browser-storage']
  }),
  ...client(['vault'], 4, {
    packages: ['zod/mini', ...svelte, 'dexie', 'hash-wasm'],
    may: ['subtle']
  }),
  // A wipe is seldom, and no working day waits for it.
  ...client(['vault/forgetting.ts'], 4, {
    packages: [],
    beside: ['src/lib/vault'],
    may: ['dynamic-import']
  }),
  ...client(['outbox'], 4, {
    packages: ['zod/mini', 'dexie', '@hpke/core'],
    may: ['subtle', 'dynamic-import']
  }),
  // The one file beside http that speaks to the server: it must run while everything else is locked.
  ...client(['outbox/deliver.ts'], 4, {
    packages: ['zod/mini', 'dexie'],
    beside: ['src/lib/outbox'],
    may: ['fetch']
  }),
  // Who is enrolled once need not be carried to every lock.
  ...client(['vault/later.ts'], 4, {
    packages: [],
    beside: ['src/lib/vault'],
    may: ['dynamic-import']
  }),
  ...client(['session'], 5),
  // What a session asks of the server: the lock is drawn without it.
  ...client(['session/later.ts'], 5, {
    packages: [],
    beside: ['src/lib/session'],
    may: ['dynamic-import']
  }),
  ...client(['live'], 5),
  ...client(['sync'], 6, { packages: ['zod/mini', ...svelte, 'dexie'] }),
  // Opening one customership: the day is drawn without it.
  ...client(['sync/later.ts'], 6, {
    packages: [],
    beside: ['src/lib/sync'],
    may: ['dynamic-import']
  }),
  ...client(['operations'], 6),
  // Told by every word that shows a client.
  ...client(['usage'], 6, { beside: ['src/lib/sync'] }),
  // Asked and shown by every word whose changes may go beyond a grant or an agreement.
  ...client(['exceptions'], 6),
  ...client(clientWords, 7),
  // What is settled at an ending is written in the fields of one client's office, identity codes masked;
  // what leaves then says its way as every disclosure does.
  ...client(['ending'], 7, { beside: ['src/lib/customerships', 'src/lib/disclosures'] }),
  // What ends a visit on the lock screen weighs nothing where none runs.
  ...client(['visits/at-lock.ts'], 7, { beside: ['src/lib/visits'], may: ['dynamic-import'] }),
  // What is news in the days comes, with its words and whom to ring, once they are drawn.
  ...client(['today/later.ts'], 7, {
    beside: ['src/lib/today', 'src/lib/profiles'],
    may: ['dynamic-import']
  }),
  // What endangers notes is told behind the drawn day.
  ...client(['devices/later.ts'], 7, { beside: ['src/lib/devices'], may: ['dynamic-import'] }),
  // Whoever is given a certificate checks its signature: a public key, and nothing of the vault.
  ...client(['ending/verify-ed25519.ts'], 7, { beside: ['src/lib/ending'], may: ['subtle'] }),
  // What a request asks is written in the fields of the office, and leaves as every disclosure does.
  ...client(['rights'], 7, {
    beside: ['src/lib/customerships', 'src/lib/disclosures', 'src/lib/ending']
  }),
  // A portal's list is read as other systems' tables are, at the desk of the office.
  ...client(['transfers'], 7, { beside: ['src/lib/customerships', 'src/lib/import'] }),
  // The next version of the notice is published at the desk of the office.
  ...client(['notices'], 7, { beside: ['src/lib/customerships'] }),
  // Whose lines are looked at is chosen as clients are found.
  ...client(['logs'], 7, { beside: ['src/lib/customerships'] }),
  // The week is planned with what one client's visits are planned with.
  ...client(['week'], 7, { beside: ['src/lib/customerships'] }),
  // What was printed is ticked off at the desk of the office, and on the tablet.
  ...client(['prints'], 7, { beside: ['src/lib/customerships'] }),
  // What goes to paper for a day says of a family what its card says first.
  ...client(['day-sheet'], 7, { beside: ['src/lib/profiles'] }),
  // Tables of other systems: text, zipped XML, and nothing that is evaluated.
  ...client(['import'], 7, {
    packages: ['zod/mini', ...svelte, 'papaparse', 'fflate', 'saxen']
  }),
  // What draws PDFs weighs more than the whole app, and few ever need it.
  ...client(['documents'], 7, {
    packages: ['zod/mini', ...svelte, 'dexie', 'pdfjs-dist', 'pdfjs-dist/*'],
    may: ['dynamic-import']
  }),

  // The ways to unlock: what the lock itself shows of them is fetched only where there is a passkey.
  ...client(['ways'], 7),
  ...client(['ways/load-passkey-door.ts'], 7, {
    beside: ['src/lib/ways'],
    may: ['dynamic-import']
  }),

  {
    at: 'src/routes',
    rung: 8,
    packages: [
      'zod/mini',
      ...svelte,
      '@sveltejs/kit',
      '@fontsource-variable/*',
      // Which test shows which clause: made at the build.
      'virtual:promises'
    ]
  },
  // What the first screen does not show: what hardly anybody meets, and what stands behind the lock.
  {
    at: 'src/routes/later.ts',
    rung: 8,
    packages: [],
    only: ['src/routes', 'src/lib/sync', 'src/lib/outbox'],
    may: ['dynamic-import']
  },
  {
    at: 'src/routes/(door)/unlock/later.ts',
    rung: 8,
    packages: [],
    only: ['src/routes'],
    may: ['dynamic-import']
  },
  { at: 'src/hooks.client.ts', rung: 8, packages: [...svelte, '@sveltejs/kit'] },
  { at: 'src/hooks.server.ts', rung: 8, packages: ['@sveltejs/kit'] },
  { at: 'src/app.d.ts', rung: 8, packages: [] },
  { at: 'src/promises.d.ts', rung: 8, packages: [] },
  // Works when nothing else does: it imports nothing that the app is made of, and can open nothing.
  {
    at: 'src/rescue',
    rung: 8,
    packages: [],
    only: ['contract'],
    may: ['fetch', 'browser-storage']
  },
  // No code that can open the vault runs while it is locked.
  {
    at: 'src/service-worker.ts',
    rung: 8,
    packages: ['$service-worker', 'workbox-precaching', 'workbox-routing'],
    only: ['contract', 'src/lib/http', 'src/lib/device', 'src/lib/outbox'],
    // It asks the network for scripts of the app that a former version had: files only.
    may: ['fetch']
  }
]

/** @type {(unit: Unit) => boolean} */
const isFile = (unit) => /\.ts$/.test(unit.at)

/** @type {(unit: Unit) => string} */
const sideOf = (unit) => unit.at.split('/')[0] ?? ''

/** @type {(unit: Unit, right: Right) => boolean} */
const may = (unit, right) => unit.may?.includes(right) ?? false

/**
 * Whether a file of `from` may import from `to`. `asRoutes`: the file is a `routes.ts`.
 * @type {(from: Unit, to: Unit, asRoutes?: boolean) => boolean}
 */
function mayImport(from, to, asRoutes = false) {
  if (from === to) return true
  if (from.only) return from.only.includes(to.at)
  if (to.rung === 0) return true
  if (from.rung === 0 || sideOf(from) !== sideOf(to)) return false
  // Only what is mounted speaks HTTP; a deed knows none.
  if (to.at === 'server/http') return asRoutes || may(from, 'http')
  if (to.at === 'src/lib/outbox/deliver.ts') return mayImport(from, unitAt('src/lib/outbox'))
  return to.rung < from.rung || (from.beside?.includes(to.at) ?? false)
}

/** @type {(at: string) => Unit} */
export function unitAt(at) {
  const unit = units.find((one) => one.at === at)
  if (!unit) throw new Error(`${at} is not on the ladder`)
  return unit
}

/** The alias under which a unit is imported. @type {(unit: Unit) => string} */
export function aliasOf(unit) {
  return `#${unit.at.replace(/^src\/lib/, 'lib')}${isFile(unit) ? '' : '/'}`
}

/** @type {(text: string) => string} */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** @type {(names: readonly string[]) => string} */
const namesPattern = (names) =>
  names
    .map((name) => (name.endsWith('/*') ? `${escaped(name.slice(0, -1))}.+` : `${escaped(name)}$`))
    .join('|')

/** @type {(unit: Unit, asRoutes: boolean) => object[]} */
function importPatterns(unit, asRoutes) {
  const reachable = units.filter((to) => mayImport(unit, to, asRoutes))
  const targets = reachable.map((to) => escaped(aliasOf(to).slice(1)) + (isFile(to) ? '$' : ''))
  const packages = [...unit.packages, ...(asRoutes ? hono : [])]
  const onServer = sideOf(unit) === 'server'
  const patterns = [
    { regex: '^\\.\\./', message: 'Across folders write the alias; inside a folder write ./' },
    {
      regex: `^#(?!${targets.join('|') || '$'})`,
      message: `The ladder: ${unit.at} may use ${reachable.map((to) => to.at).join(', ')}.`
    },
    {
      regex: `^(?!\\.{1,2}/|#${onServer ? '|node:' : ''}${packages.length > 0 ? `|${namesPattern(packages)}` : ''})`,
      message: `${unit.at} may use these packages: ${packages.join(', ') || 'none'}.`
    }
  ]
  if (onServer && !may(unit, 'node-crypto')) {
    patterns.push({
      regex: '^node:crypto$',
      message: 'Cryptography lives in keys, audit and auth: there it can be reviewed.'
    })
  }
  if (onServer && !may(unit, 'files')) {
    patterns.push({
      regex: '^node:fs(/promises)?$',
      message: 'What lies on the disk is written by store and keys, so that it can be erased there.'
    })
  }
  if (onServer && !may(unit, 'erase') && unit.at !== 'server/store') {
    patterns.push({
      regex: '^#server/store/erase\\.ts$',
      message: 'Only the ending of a customership erases.'
    })
  }
  return patterns
}

const frameworkState =
  'CallExpression:matches([callee.name=/^\\$(state|derived)$/], [callee.object.name=/^\\$(state|derived)$/])'
const moduleScript = "SvelteScriptElement:has(SvelteAttribute[key.name='module'])"

/** @type {(unit: Unit) => { selector: string, message: string }[]} */
function syntax(unit) {
  const inClient = sideOf(unit) === 'src'
  const rules = [
    {
      selector: 'ExportDefaultDeclaration',
      message: 'A thing has one name everywhere: no default exports.'
    },
    {
      selector: ':matches(ExportAllDeclaration, ExportNamedDeclaration[source])',
      message: 'No barrels: import from the file that says it.'
    },
    {
      selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
      message: 'Guessable: use crypto.getRandomValues.'
    }
  ]
  if (!may(unit, 'dynamic-import')) {
    rules.push({
      selector: 'ImportExpression',
      message:
        'The ladder sees static imports only; only what few folders name is loaded on demand.'
    })
  }
  if (!may(unit, 'time')) {
    rules.push({
      selector:
        ":matches(MemberExpression[object.name='Date'][property.name='now'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date'])",
      message: 'Time comes from the clock, which tests turn and a wrong device cannot.'
    })
  }
  if (!may(unit, 'environment')) {
    rules.push({
      selector: "MemberExpression[object.name='process'][property.name='env']",
      message: 'The environment is read once, in config.'
    })
  }
  if (!may(unit, 'subtle')) {
    rules.push({
      selector:
        ":matches(MemberExpression[property.name='subtle'], ObjectPattern > Property[key.name='subtle'])",
      message: 'Cryptography lives in vault, outbox, keys, audit and auth.'
    })
  }
  if (!may(unit, 'erase') && unit.at !== 'server/keys') {
    rules.push({
      selector: "MemberExpression[property.name='destroyDataKey']",
      message: 'Only the ending of a customership destroys its key.'
    })
  }
  if (!may(unit, 'fetch')) {
    rules.push({
      selector:
        'MemberExpression[object.name=/^(globalThis|window|self)$/][property.name=/^(fetch|XMLHttpRequest|WebSocket|EventSource)$/]',
      message: 'Requests leave through http and outbox/deliver only.'
    })
  }
  if (inClient && !may(unit, 'module-state')) {
    rules.push({
      selector: `:matches(Program > VariableDeclaration, Program > ExportNamedDeclaration > VariableDeclaration, ${moduleScript} > VariableDeclaration) > VariableDeclarator > ${frameworkState}`,
      message: 'A module outlives the lock: hang state on an object made at unlock.'
    })
    rules.push({
      selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind=let]',
      message: 'A module outlives the lock: hang state on an object made at unlock.'
    })
  }
  return rules
}

/**
 * §11: the only way out is our own server, and few files know it.
 *
 * @type {(unit: Unit) => object[]}
 */
function globals(unit) {
  const banned = [
    ...(may(unit, 'fetch') ? [] : ['fetch']),
    ...['XMLHttpRequest', 'WebSocket', 'EventSource'],
    ...(may(unit, 'browser-storage') ? [] : ['localStorage', 'sessionStorage', 'indexedDB'])
  ]
  return banned.map((name) => ({
    name,
    message: `${name} is reserved: see tools/ladder.js.`
  }))
}

/** @type {(unit: Unit, files: string, asRoutes?: boolean) => import('eslint').Linter.Config} */
const block = (unit, files, asRoutes = false) => ({
  name: `ladder: ${asRoutes ? `${unit.at}/routes.ts` : unit.at}`,
  files: [files],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': ['error', { patterns: importPatterns(unit, asRoutes) }],
    'no-restricted-syntax': ['error', ...syntax(unit)],
    'no-restricted-globals': ['error', ...globals(unit)],
    ...(may(unit, 'console') ? {} : { 'no-console': 'error' })
  }
})

/** One block for each unit; where two match a file, the later and narrower one holds. */
export const ladder = units.flatMap((unit) =>
  isFile(unit)
    ? [block(unit, unit.at)]
    : [
        block(unit, `${unit.at}/**/*.{ts,js,svelte}`),
        ...(sideOf(unit) === 'server' && unit.rung >= 5
          ? [block(unit, `${unit.at}/**/routes.ts`, true)]
          : [])
      ]
)
