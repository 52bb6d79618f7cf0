import { chmodSync } from 'node:fs'
import { basename } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { StoreUnavailable } from '#server/store/store-unavailable.ts'
import type { Asking, Connecting, Engine, Heard, Over, Row } from './engine.ts'
import { Checkpoints } from './checkpoints.ts'
import { LongTurn } from './long-turn.ts'
import { MigratedInOne } from './migrated-in-one.ts'
import { onConflict } from './on-conflict.ts'
import { cacheKibibytes, filePragmas } from './pragmas.ts'
import { Statements } from './statements.ts'

const nothing: Heard = []

/** 64 MiB. */
const longestLogPages = 16_384

/** A file with one connection, which one process has to itself: whoever asks waits for whoever asked before. */
export class SqliteEngine implements Engine {
  readonly plugins = []
  readonly schema = null
  readonly rowName = sql<number>`rowid`
  readonly readsAside = false
  readonly forgets = 'log-truncated'
  readonly name: string
  readonly dialect: MigratedInOne
  readonly #raw: Sqlite.Database
  readonly #statements: Statements
  readonly #turn = new LongTurn()
  readonly #checkpoints: Checkpoints

  constructor(path: string) {
    this.name = basename(path)
    this.#raw = new Sqlite(path)
    chmodSync(path, 0o600)
    for (const [name, value] of filePragmas) {
      this.#raw.pragma(`${name} = ${value}`)
      if (this.#raw.pragma(name, { simple: true }) !== value)
        throw new Error(`the store refuses ${name} = ${value}`)
    }
    this.#raw.pragma(`cache_size = -${cacheKibibytes}`)
    // Only when the thread that does it cannot.
    this.#raw.pragma(`wal_autocheckpoint = ${longestLogPages}`)
    this.#checkpoints = new Checkpoints(path)
    this.#statements = new Statements(this.#raw)
    this.dialect = new MigratedInOne({ database: this.#statements })
  }

  admit(): Promise<void> | null {
    this.#checkpoints.look()
    return this.#turn.end()
  }

  stop(): Promise<void> {
    return this.#checkpoints.close()
  }

  takeTurn(): Promise<() => void> {
    return Promise.resolve(() => undefined)
  }

  beginWriting(): Promise<void> {
    return Promise.resolve()
  }

  announce(): Promise<void> {
    return Promise.resolve()
  }

  hear(): Promise<Heard> {
    return Promise.resolve(nothing)
  }

  onNews(): void {
    // There is nobody else.
  }

  countShown(own: number): Promise<number> {
    return Promise.resolve(own)
  }

  /** One process has the file. */
  alone<T>(_: string, use: () => Promise<T>): Promise<T> {
    return use()
  }

  /** As fast as the engine takes them: others wait until the commit. */
  insertAll(
    _: Asking,
    table: string,
    rows: readonly Row[],
    over: Over | null = null
  ): Promise<void> {
    const [first] = rows
    if (!first) return Promise.resolve()
    const columns = Object.keys(first)
    const names = columns.map((name) => `"${name}"`).join(', ')
    const blanks = columns.map(() => '?').join(', ')
    const statement = this.#statements.prepare(
      `insert into "${table}" (${names}) values (${blanks}) ${onConflict(over)}`
    )
    for (const row of rows) statement.run(columns.map((name) => row[name]))
    return Promise.resolve()
  }

  async *rows(transaction: Asking, table: string, atOnce: number): AsyncIterable<Row[]> {
    let after = 0
    for (;;) {
      const { rows } = await sql<Row & { place: number }>`
        select rowid as ${sql.ref('place')}, * from ${sql.table(table)}
        where rowid > ${after} order by rowid limit ${atOnce}`.execute(transaction)
      if (rows.length === 0) return
      after = rows.at(-1)?.place ?? after
      yield rows.map(({ place: _, ...row }) => row)
    }
  }

  columns(): Promise<Map<string, string[]>> {
    const tables = this.#raw
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%' ORDER BY rowid"
      )
      .all()
    return Promise.resolve(
      new Map(
        tables.map(({ name }) => {
          const columns = this.#raw.pragma(`table_info("${name}")`) as { name: string }[]
          return [name, columns.map((column) => column.name)]
        })
      )
    )
  }

  /** An open reader keeps everything readable in the log, so this waits until there is none. */
  async forgetErased(db: Connecting): Promise<void> {
    const triesLeft = 200
    for (let tries = 0; tries < triesLeft; tries += 1) {
      if (!(await db.connection().execute(async () => this.#checkpoint()))) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new StoreUnavailable('a reader keeps the log')
  }

  close(): Promise<void> {
    if (this.#raw.open) this.#raw.close()
    return Promise.resolve()
  }

  /** Whether a reader was in the way. SQLite itself would wait for it, and everybody with it: we wait between the tries. */
  #checkpoint(): boolean {
    const patience = this.#raw.pragma('busy_timeout', { simple: true }) as number
    this.#raw.pragma('busy_timeout = 0')
    try {
      const [answer] = this.#raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      return answer?.busy !== 0
    } finally {
      this.#raw.pragma(`busy_timeout = ${patience}`)
    }
  }
}
