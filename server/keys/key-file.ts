import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { differenceOf, type KeyRow, type KeyRows } from './key-rows.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS keys (
    name TEXT PRIMARY KEY, state TEXT NOT NULL, wrappedBy TEXT, wrapped BLOB NOT NULL,
    publicKey TEXT, madeAt INTEGER NOT NULL
  ) WITHOUT ROWID;`

/** SECURITY 12, 22: what is removed must be gone from the file, and a commit must be on the disk. */
const pragmas = [
  ['journal_mode', 'truncate'],
  ['synchronous', 2],
  ['secure_delete', 1],
  ['temp_store', 2],
  ['trusted_schema', 0]
] as const

/** KiB. The engine's own would be 16 MiB for each copy, of pages that the system has in memory already. */
const cacheKibibytes = 1024

/** One copy of the key store on one disk. It knows rows, not what they are for. */
export class KeyFile implements KeyRows {
  readonly #db: Database.Database
  readonly #find: Database.Statement<[string], KeyRow>
  readonly #write: Database.Statement<[KeyRow]>

  constructor(folder: string, file: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, file)
    this.#db = new Database(path)
    chmodSync(path, 0o600)
    for (const [name, value] of pragmas) {
      this.#db.pragma(`${name} = ${value}`)
      if (this.#db.pragma(name, { simple: true }) !== value)
        throw new Error(`the key store refuses ${name} = ${value}`)
    }
    this.#db.pragma(`cache_size = -${cacheKibibytes}`)
    this.#db.exec(schema)
    this.#find = this.#db.prepare('SELECT * FROM keys WHERE name = ?')
    this.#write = this.#db.prepare(
      `INSERT INTO keys (name, state, wrappedBy, wrapped, publicKey, madeAt)
       VALUES (@name, @state, @wrappedBy, @wrapped, @publicKey, @madeAt)
       ON CONFLICT (name) DO UPDATE SET state = excluded.state, wrappedBy = excluded.wrappedBy,
         wrapped = excluded.wrapped, publicKey = excluded.publicKey, madeAt = excluded.madeAt`
    )
  }

  /** Both copies of one store have the same; null in a new file. */
  get identity(): string | null {
    return this.#fact('identity')
  }

  /** Rises with every change, in this copy first and then in the other. */
  get changes(): number {
    return Number(this.#fact('changes') ?? 0)
  }

  begin(identity: string): void {
    this.#setFact('identity', identity)
  }

  find(name: string): KeyRow | null {
    return this.#find.get(name) ?? null
  }

  /** Those whose name begins so, oldest first. */
  list(prefix = ''): KeyRow[] {
    return this.#db
      .prepare<[string, string], KeyRow>(
        'SELECT * FROM keys WHERE substr(name, 1, length(?)) = ? ORDER BY madeAt, name'
      )
      .all(prefix, prefix)
  }

  names(prefix: string): string[] {
    return this.#db
      .prepare<[string, string], { name: string }>(
        `SELECT name FROM keys WHERE substr(name, 1, length(?)) = ? AND state = 'ready' ORDER BY name`
      )
      .all(prefix, prefix)
      .map(({ name }) => name)
  }

  unfinished(): KeyRow[] {
    return this.#db.prepare<[], KeyRow>(`SELECT * FROM keys WHERE state <> 'ready'`).all()
  }

  /** All of them in one commit, or none. */
  put(rows: readonly KeyRow[], changes: number): void {
    this.#commit(() => {
      for (const row of rows) this.#write.run(row)
      this.#setFact('changes', String(changes))
    })
  }

  remove(names: readonly string[], changes: number): void {
    this.#commit(() => {
      for (const name of names) this.#db.prepare('DELETE FROM keys WHERE name = ?').run(name)
      this.#setFact('changes', String(changes))
    })
  }

  mirror(other: KeyRows): void {
    const { changed, gone } = differenceOf(this, other)
    const { identity, changes } = other
    this.#commit(() => {
      for (const name of gone) this.#db.prepare('DELETE FROM keys WHERE name = ?').run(name)
      for (const row of changed) this.#write.run(row)
      if (identity !== null) this.#setFact('identity', identity)
      this.#setFact('changes', String(changes))
    })
  }

  close(): void {
    this.#db.close()
  }

  #commit(write: () => void): void {
    this.#db.transaction(write).immediate()
  }

  #fact(name: string): string | null {
    const row = this.#db
      .prepare<[string], { value: string }>('SELECT value FROM facts WHERE name = ?')
      .get(name)
    return row?.value ?? null
  }

  #setFact(name: string, value: string): void {
    this.#db
      .prepare(
        'INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'
      )
      .run(name, value)
  }
}
