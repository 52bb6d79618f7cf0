import {
  CompiledQuery,
  HandleEmptyInListsPlugin,
  PostgresDialect,
  replaceWithNoncontingentExpression,
  sql
} from 'kysely'
import pg from 'pg'
import type { Touched } from '#server/store/touched.ts'
import type { Asking, Engine, Heard, Over, Row } from './engine.ts'
import { onConflict } from './on-conflict.ts'
import { PostgresColumns } from './postgres-columns.ts'
import { Announcements } from './postgres-announcements.ts'
import { asKyselyPool, orUnavailable, poolOf } from './postgres-pool.ts'
import { refusalOf } from './postgres-refusal.ts'
import { Turns } from './turns.ts'

/** One statement takes at most 65,535 values. */
const mostValues = 30_000

/** What makes one number of two words for an advisory lock. */
const lockName = (schema: string): string => `kotikaynti/${schema}`

/**
 * A schema of a database that many processes share. Whoever writes has the schema's writing to itself,
 * as on SQLite: no rule of ours meets a register that changes under it, and there is nothing to retry.
 * Whoever reads has a snapshot and waits for nobody.
 */
export class PostgresEngine implements Engine {
  readonly plugins = [
    new PostgresColumns(),
    // Nothing is in an empty list: SQLite knows, PostgreSQL calls it wrong.
    new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })
  ]
  readonly rowName = sql<string>`ctid`
  readonly readsAside = true
  readonly forgets = 'rows-vacuumed'
  readonly dialect: PostgresDialect
  readonly schema: string
  readonly name: string
  readonly #url: string
  readonly #pool: pg.Pool
  readonly #turns = new Turns()
  readonly #announcements: Announcements | null

  private constructor(
    url: string,
    pool: pg.Pool,
    schema: string,
    announcements: Announcements | null
  ) {
    this.#url = url
    this.#pool = pool
    this.schema = schema
    this.name = `the schema ${schema} of the database`
    this.#announcements = announcements
    this.dialect = new PostgresDialect({ pool: asKyselyPool(pool) })
  }

  /** Makes the schema when it is not there. */
  static async open(o: {
    url: string
    schema: string
    connections: number
    /** The schema in which processes tell each other of what they commit; null: nobody need hear of it. */
    announcesIn: string | null
  }): Promise<PostgresEngine> {
    const pool = poolOf(o)
    try {
      await makeSchema(pool, o.schema)
      if (o.announcesIn !== null) await makeSchema(pool, o.announcesIn)
      const announcements =
        o.announcesIn === null
          ? null
          : await Announcements.open({ url: o.url, schema: o.announcesIn })
      return new PostgresEngine(o.url, pool, o.schema, announcements)
    } catch (error) {
      await pool.end()
      throw refusalOf(error) ?? error
    }
  }

  admit(): null {
    return null
  }

  takeTurn(): Promise<() => void> {
    return this.#turns.take()
  }

  async beginWriting(transaction: Asking): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${lockName(this.schema)}, 0))`.execute(
      transaction
    )
  }

  async announce(transaction: Asking, touched: readonly Touched[]): Promise<void> {
    await this.#announcements?.say(transaction, touched)
  }

  hear(): Promise<Heard> {
    return this.#announcements?.hear() ?? Promise.resolve([])
  }

  onNews(listen: () => void): void {
    this.#announcements?.onNews(listen)
  }

  async countShown(own: number): Promise<number> {
    return this.#announcements?.count() ?? own
  }

  /** By a lock of a connection that is made for it: the engine lets go of it when this process dies. */
  async alone<T>(name: string, use: () => Promise<T>): Promise<T | null> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'kotikaynti works',
      keepAlive: true
    })
    // An end of it is seen by what is asked of the database next.
    client.on('error', () => undefined)
    await orUnavailable(client.connect())
    try {
      const { rows } = await orUnavailable(
        client.query<{ isOurs: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as "isOurs"',
          [`${lockName(this.schema)}/${name}`]
        )
      )
      return rows[0]?.isOurs ? await use() : null
    } finally {
      await client.end()
    }
  }

  async insertAll(
    transaction: Asking,
    table: string,
    rows: readonly Row[],
    over: Over | null = null
  ): Promise<void> {
    const [first] = rows
    if (!first) return
    const columns = Object.keys(first)
    const atOnce = Math.floor(mostValues / columns.length)
    for (let from = 0; from < rows.length; from += atOnce) {
      const some = rows.slice(from, from + atOnce)
      // Put together here: of thousands of values Kysely would make a tree, and walk it for each plugin.
      const asked = CompiledQuery.raw(
        insertion(table, columns, some.length, over),
        some.flatMap((row) => columns.map((name) => row[name]))
      )
      await transaction.getExecutor().executeQuery(asked)
    }
  }

  async *rows(transaction: Asking, table: string, atOnce: number): AsyncIterable<Row[]> {
    await sql`declare through cursor for select * from ${sql.table(table)}`.execute(transaction)
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(atOnce)} from through`.execute(transaction)
      if (rows.length === 0) break
      yield rows
    }
    await sql`close through`.execute(transaction)
  }

  async columns(db: Asking): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ table: string; column: string }>`
      select pg_class.relname as "table", attname as "column"
      from pg_class join pg_attribute on attrelid = pg_class.oid
      where relnamespace = current_schema()::regnamespace and relkind = 'r'
        and attnum > 0 and not attisdropped and relname not like 'kysely%'
      order by pg_class.oid, attnum`.execute(db)
    const byTable = Map.groupBy(rows, ({ table }) => table)
    return new Map([...byTable].map(([table, own]) => [table, own.map(({ column }) => column)]))
  }

  /**
   * SECURITY 25: dead rows are taken from the pages, as far as no reader needs them. The free space,
   * the write-ahead log and its archives may keep them longer: there the destroyed key is the guarantee.
   */
  async forgetErased(db: Asking, tables: readonly string[]): Promise<void> {
    if (tables.length > 0)
      await sql`vacuum ${sql.join(tables.map((name) => sql.table(name)))}`.execute(db)
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  async close(): Promise<void> {
    await this.#announcements?.close()
    // Ended already when anything was ever asked of it.
    if (!this.#pool.ended) await this.#pool.end()
  }
}

function insertion(
  table: string,
  columns: readonly string[],
  rows: number,
  over: Over | null
): string {
  const names = columns.map((name) => `"${name}"`).join(', ')
  const values = Array.from({ length: rows }, (_, row) => {
    const blanks = columns.map((_, column) => `$${row * columns.length + column + 1}`)
    return `(${blanks.join(', ')})`
  })
  return `insert into "${table}" (${names}) values ${values.join(', ')} ${onConflict(over)}`
}

/** Several processes may start in one moment: the second finds what the first has made. */
async function makeSchema(pool: pg.Pool, schema: string): Promise<void> {
  const known = await orUnavailable(
    pool.query('select 1 from pg_namespace where nspname = $1', [schema])
  )
  // Who may not make schemas may still use one that was made for them.
  if (known.rowCount !== 0) return
  const client = await orUnavailable(pool.connect())
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtextextended('kotikaynti/schemas', 0))")
    await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`)
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
