import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './engines/engine.ts'
import { PostgresEngine } from './engines/postgres.ts'
import { SqliteEngine } from './engines/sqlite.ts'

/** The parts of a store, each of which keeps what the others must not hold. */
export type Part = 'register' | 'search' | 'suppression'

/** Of each process. Whoever writes needs one, whoever reads a customership needs one as long as that takes. */
const connections: Readonly<Record<Part, number>> = { register: 8, search: 2, suppression: 1 }

/** Where a store lies: files in a folder, which one process has to itself, or schemas that many share. */
export type Place = { readonly folder: string } | { readonly databaseUrl: string }

export async function openEngine(place: Place, part: Part): Promise<Engine> {
  if ('folder' in place) {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 })
    return new SqliteEngine(join(place.folder, `${part}.db`))
  }
  return PostgresEngine.open({
    url: place.databaseUrl,
    schema: part,
    connections: connections[part],
    announcesIn: part === 'register' ? 'live' : null
  })
}
