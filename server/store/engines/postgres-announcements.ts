import { sql } from 'kysely'
import pg from 'pg'
import { newUuidV4 } from '#server/keys/secret.ts'
import type { Touched } from '#server/store/touched.ts'
import { StoreUnavailable } from '#server/store/store-unavailable.ts'
import type { Asking, Heard } from './engine.ts'
import { numbersAsNumbers, orUnavailable } from './postgres-pool.ts'

/** Who did not listen for so long reads everything anew. Ids of what was deleted are gone after it, too. */
const keptMinutes = 10
const reconnectMilliseconds = 1000

interface Announcement {
  readonly number: number
  readonly process: string
  readonly touched: readonly Touched[]
}

/**
 * What processes tell each other: rows that come with the commit they tell of, in the order of the
 * commits, and a notification that there is one. Whoever must be right asks for the rows; whoever
 * only wants to be quick waits for the notification.
 */
export class Announcements {
  readonly #url: string
  readonly #table: string
  readonly #channel: string
  readonly #process = newUuidV4()
  #line: pg.Client | null = null
  #connecting: Promise<pg.Client> | null = null
  #heard = 0
  #isClosed = false
  #reconnecting: NodeJS.Timeout | null = null
  #news: () => void = () => undefined

  private constructor({ url, schema }: { url: string; schema: string }) {
    this.#url = url
    this.#table = `"${schema}"."announcements"`
    this.#channel = `kotikaynti_${schema}`
  }

  /** In a schema of its own, which is no part of the register. */
  static async open(o: { url: string; schema: string }): Promise<Announcements> {
    const announcements = new Announcements(o)
    await announcements.#connect()
    await announcements.#ask(
      `create table if not exists ${announcements.#table} (
         number bigint generated always as identity primary key, process text not null,
         touched text not null, at timestamptz not null default now())`
    )
    await announcements.#ask(
      `create index if not exists "announcementsByTime" on ${announcements.#table} (at)`
    )
    announcements.#heard = await announcements.count()
    return announcements
  }

  onNews(listen: () => void): void {
    this.#news = listen
  }

  /** In the transaction that it tells of, while nobody else writes: so the numbers are in the order of the commits. */
  async say(transaction: Asking, touched: readonly Touched[]): Promise<void> {
    const table = sql.raw(this.#table)
    const told = JSON.stringify(touched)
    await sql`
      with said as (insert into ${table} (process, touched) values (${this.#process}, ${told})),
        old as (delete from ${table} where at < now() - ${sql.lit(`${keptMinutes} minutes`)}::interval)
      select pg_notify(${this.#channel}, '')`.execute(transaction)
  }

  async hear(): Promise<Heard> {
    const rows = await this.#ask<Announcement & { readonly oldest: number; touched: string }>(
      `select number, process, touched, (select min(number) from ${this.#table}) as oldest
       from ${this.#table} where number > $1 order by number`,
      [this.#heard]
    )
    const [first] = rows
    if (!first) return []
    const isMissing = first.oldest > this.#heard + 1
    this.#heard = rows.at(-1)?.number ?? this.#heard
    if (isMissing) return null
    return rows
      .filter(({ process }) => process !== this.#process)
      .flatMap(({ touched }) => JSON.parse(touched) as readonly Touched[])
  }

  /** Of all processes, ever. */
  async count(): Promise<number> {
    const [row] = await this.#ask<{ count: number }>(
      `select coalesce(max(number), 0) as count from ${this.#table}`
    )
    return row?.count ?? 0
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#reconnecting) clearTimeout(this.#reconnecting)
    await this.#line?.end()
    this.#line = null
  }

  async #ask<R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const line = this.#line ?? (await this.#connect())
    const { rows } = await orUnavailable(line.query<R>(text, [...values]))
    return rows
  }

  /** The one that is being made, for everybody who waits for it. */
  #connect(): Promise<pg.Client> {
    this.#connecting ??= this.#makeLine().finally(() => {
      this.#connecting = null
    })
    return this.#connecting
  }

  async #makeLine(): Promise<pg.Client> {
    if (this.#isClosed) throw new StoreUnavailable('the store is closed')
    const line = new pg.Client({
      connectionString: this.#url,
      application_name: 'kotikaynti listens',
      types: numbersAsNumbers,
      keepAlive: true
    })
    line.on('notification', () => this.#news())
    line.once('end', () => this.#reconnectLater(line))
    line.on('error', () => this.#reconnectLater(line))
    await orUnavailable(line.connect())
    await orUnavailable(line.query(`listen ${line.escapeIdentifier(this.#channel)}`))
    this.#line = line
    return line
  }

  #reconnectLater(line: pg.Client): void {
    if (this.#line === line) this.#line = null
    if (this.#isClosed || this.#reconnecting) return
    this.#reconnecting = setTimeout(() => {
      this.#reconnecting = null
      // What was said meanwhile is heard now.
      if (this.#line === null) this.#connect().then(this.#news, () => this.#reconnectLater(line))
    }, reconnectMilliseconds).unref()
  }
}
