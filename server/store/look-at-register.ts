import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { lookInto, type UntouchedFile } from '#server/keys/untouched-file.ts'
import { pragmas } from './engines/pragmas.ts'
import { registerVersion } from './open-parts.ts'

/** What the files of the store say of themselves when nobody opens them to work with. */
export interface RegisterLook {
  readonly journals: readonly { readonly file: string; readonly journal: 'wal' | 'rollback' }[]
  /** The files in which SQLite finds a fault. */
  readonly damaged: readonly string[]
  /** Against what this program knows. */
  readonly version: 'same' | 'older' | 'newer'
  /** The key store that it was written with. */
  readonly publicKey: string | null
  /** When the server last wrote that it can, milliseconds since 1970. */
  readonly heartbeatAt: number | null
  readonly customerships: readonly string[]
  readonly bytes: number
}

const storeFiles = ['register.db', 'search.db', 'suppression.db'] as const

/** Reads the store's files and writes nothing, beside a running server too. Null: there is no register. */
export function lookAtRegister(folder: string): RegisterLook | null {
  const files = storeFiles.flatMap((file) => {
    const found = lookInto(join(folder, file), (one) => ({
      file,
      journal: one.journal,
      isWhole: orDamaged(() => one.one('PRAGMA quick_check(1)') === 'ok', false)
    }))
    return found ?? []
  })
  const register = lookInto(join(folder, 'register.db'), (file) =>
    orDamaged(() => readFacts(file), untold)
  )
  if (!register) return null
  return {
    journals: files.map(({ file, journal }) => ({ file, journal })),
    damaged: files.filter(({ isWhole }) => !isWhole).map(({ file }) => file),
    ...register
  }
}

/** What a damaged register does not tell. */
const untold = {
  version: 'same',
  publicKey: null,
  heartbeatAt: null,
  customerships: [],
  bytes: 0
} as const

/** SQLITE_CORRUPT, SQLITE_NOTADB. */
const damages = new Set<unknown>([11, 26])

function orDamaged<T>(read: () => T, damaged: T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && damages.has(error.errcode)) return damaged
    throw error
  }
}

function readFacts(file: UntouchedFile): Omit<RegisterLook, 'journals' | 'damaged'> {
  const fact = (name: string) => file.one('SELECT value FROM facts WHERE name = ?', name)
  const heartbeat = fact('heartbeat')
  const pages = Number(file.one('PRAGMA page_count')) * Number(file.one('PRAGMA page_size'))
  return {
    version: comparedToThis(file.one('SELECT max(name) FROM kysely_migration') ?? ''),
    publicKey: fact('key-store'),
    heartbeatAt: heartbeat === null ? null : Number(heartbeat),
    customerships: file
      .all("SELECT id FROM customerships WHERE state <> 'deleting'")
      .map(({ id }) => String(id)),
    bytes: pages
  }
}

/** Against what this program knows. */
export function comparedToThis(version: string): RegisterLook['version'] {
  if (version === registerVersion) return 'same'
  return version > registerVersion ? 'newer' : 'older'
}

/** Those that the engine at hand does not keep to when it is told; the server refuses to start then. */
export function unkeptPragmas(): string[] {
  const engine = new Sqlite(':memory:')
  try {
    return pragmas.flatMap(([name, value]) => {
      engine.pragma(`${name} = ${value}`)
      return engine.pragma(name, { simple: true }) === value ? [] : [name]
    })
  } finally {
    engine.close()
  }
}
