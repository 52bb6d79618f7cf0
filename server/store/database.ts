import { AsyncLocalStorage } from 'node:async_hooks'
import { chmodSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Kysely, sql, type Compilable, type Transaction } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { MigratedInOne, MigrationFailed, requireKnownSchema } from './schema-version.ts'
import type { Touched } from './touched.ts'
import { Statements, StoreUnavailable } from './statements.ts'

/** SECURITY 12, asserted at every open: several of these are off, or weaker, by default. */
const pragmas = [
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['secure_delete', 1],
  ['foreign_keys', 1],
  ['temp_store', 2],
  ['trusted_schema', 0]
] as const

/** The column type of sealed values. */
export const bytes = sql`blob`

interface Inside<T> {
  readonly transaction: Transaction<T>
  readonly afterCommit: Set<() => Promise<void>>
  /** Null until something changes that is shown. */
  touched: Touched[] | null
  isOpen: boolean
}

/**
 * One file of the store, and the only place that knows which engine speaks. Whatever is asked
 * inside a transaction takes part in it: there is one connection, and a question put beside the
 * transaction that waits for its answer would wait for ever.
 */
export class Database<T> {
  readonly #raw: Sqlite.Database
  readonly #statements: Statements
  readonly #kysely: Kysely<T>
  readonly #inside = new AsyncLocalStorage<Inside<T>>()
  readonly #listening = new Set<(touched: readonly Touched[]) => void>()
  #shown = 0

  private constructor(path: string) {
    this.#raw = new Sqlite(path)
    chmodSync(path, 0o600)
    for (const [name, value] of pragmas) {
      this.#raw.pragma(`${name} = ${value}`)
      if (this.#raw.pragma(name, { simple: true }) !== value)
        throw new Error(`the store refuses ${name} = ${value}`)
    }
    this.#statements = new Statements(this.#raw)
    this.#kysely = new Kysely<T>({ dialect: new MigratedInOne({ database: this.#statements }) })
  }

  /** Throws SchemaNewer and MigrationFailed: the file is then as it was. */
  static async open<T>(path: string, migrations: Record<string, Migration>): Promise<Database<T>> {
    const database = new Database<T>(path)
    try {
      await requireKnownSchema(database.#kysely, path, migrations)
    } catch (error) {
      await database.close()
      throw error
    }
    const migrator = new Migrator({
      db: database.#kysely,
      provider: { getMigrations: () => Promise.resolve(migrations) }
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) {
      await database.close()
      throw new MigrationFailed(path, results, error)
    }
    return database
  }

  get sql(): Kysely<T> {
    return this.#current()?.transaction ?? this.#kysely
  }

  /** Compiles once what is asked often. `value(name)` stands for what each call gives. */
  prepare<V extends object, R>(
    build: (db: Kysely<T>, value: <K extends keyof V & string>(name: K) => V[K]) => Compilable<R>
  ): (values: V) => Promise<R[]> {
    const value = <K extends keyof V & string>(name: K) => new Blank(name) as unknown as V[K]
    const compiled = build(this.#kysely, value).compile()
    return async (values) => {
      const given = values as Record<string, unknown>
      const parameters = compiled.parameters.map((parameter) =>
        parameter instanceof Blank ? given[parameter.name] : parameter
      )
      const result = await this.sql.executeQuery<R>({ ...compiled, parameters })
      return result.rows
    }
  }

  /** One durable commit, or nothing. Inside another transaction it is a part of it. */
  async transact<R>(use: () => Promise<R>): Promise<R> {
    if (this.#current()) return this.savepoint(use)
    const after: Pick<Inside<T>, 'afterCommit' | 'touched'> = {
      afterCommit: new Set(),
      touched: null
    }
    const result = await this.#kysely.transaction().execute(async (transaction) => {
      const inside: Inside<T> = Object.assign(after, { transaction, isOpen: true })
      try {
        return await this.#inside.run(inside, use)
      } finally {
        inside.isOpen = false
      }
    })
    if (after.touched) this.#tell(after.touched)
    for (const follow of after.afterCommit) await follow()
    return result
  }

  /** Undoes its own part alone when `use` throws. */
  async savepoint<R>(use: () => Promise<R>): Promise<R> {
    const inside = this.#current()
    if (!inside) throw new Error('a savepoint needs a transaction')
    // One name for all, so that each statement is prepared once: it always means the innermost.
    await sql.raw('savepoint part').execute(inside.transaction)
    try {
      const result = await use()
      await sql.raw('release savepoint part').execute(inside.transaction)
      return result
    } catch (error) {
      await sql.raw('rollback to savepoint part').execute(inside.transaction)
      await sql.raw('release savepoint part').execute(inside.transaction)
      throw error
    }
  }

  /** Many rows of one table, as fast as the engine takes them: others wait until the commit. */
  insertAll<K extends keyof T & string>(table: K, rows: readonly (T[K] & object)[]): void {
    if (!this.#current()) throw new Error('many rows need a transaction')
    const [first] = rows
    if (!first) return
    const columns = Object.keys(first)
    const names = columns.map((name) => `"${name}"`).join(', ')
    const blanks = columns.map(() => '?').join(', ')
    const statement = this.#statements.prepare(
      `insert into "${table}" (${names}) values (${blanks})`
    )
    for (const row of rows)
      statement.run(columns.map((name) => (row as Record<string, unknown>)[name]))
  }

  /** Several questions, one state of the file. */
  async snapshot<R>(use: () => Promise<R>): Promise<R> {
    return this.#current() ? use() : this.transact(use)
  }

  get isInside(): boolean {
    return this.#current() !== null
  }

  /** Once for each function, however often it is given. */
  afterCommit(follow: () => Promise<void>): void {
    const inside = this.#current()
    if (!inside) throw new Error('there is no transaction to follow')
    inside.afterCommit.add(follow)
  }

  /** What is shown has changed, or will have at the commit: at the office, and on the tablets of whom it touches. What touches nobody is seen when somebody asks next. */
  show(...touched: readonly Touched[]): void {
    const inside = this.#current()
    if (inside) (inside.touched ??= []).push(...touched)
    else this.#tell(touched)
  }

  /** Told after each commit that `show` was called in. What listens may not throw. */
  onShown(listen: (touched: readonly Touched[]) => void): () => void {
    this.#listening.add(listen)
    return () => this.#listening.delete(listen)
  }

  #tell(touched: readonly Touched[]): void {
    this.#shown += 1
    for (const listen of this.#listening) listen(touched)
  }

  /** Counts the commits that the office shows. */
  get shown(): number {
    return this.#shown
  }

  /** An open reader keeps everything readable in the log, so this waits until there is none. */
  async truncateLog(): Promise<void> {
    const triesLeft = 200
    for (let tries = 0; tries < triesLeft; tries += 1) {
      if (!(await this.#kysely.connection().execute(async () => this.#checkpoint()))) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new StoreUnavailable('a reader keeps the log')
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

  /** Every table with its columns, as the file says it. */
  columns(): Map<string, string[]> {
    const tables = this.#raw
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%'"
      )
      .all()
    return new Map(
      tables.map(({ name }) => {
        const columns = this.#raw.pragma(`table_info("${name}")`) as { name: string }[]
        return [name, columns.map((column) => column.name)]
      })
    )
  }

  async close(): Promise<void> {
    await this.#kysely.destroy()
    if (this.#raw.open) this.#raw.close()
  }

  #current(): Inside<T> | null {
    const inside = this.#inside.getStore()
    return inside?.isOpen ? inside : null
  }
}

/** Stands in a compiled query for a value that each call gives. */
class Blank {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}
