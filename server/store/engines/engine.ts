import type { Dialect, KyselyPlugin, QueryExecutorProvider, RawBuilder } from 'kysely'
import type { Touched } from '#server/store/touched.ts'

/** What others have committed. Null: anything may have changed. */
export type Heard = readonly Touched[] | null

export type Row = Readonly<Record<string, unknown>>

/** What names a row, and what is changed of one that is there already. Null: none may be. */
export interface Over<Column extends string = string> {
  readonly key: readonly Column[]
  readonly changing: readonly Column[] | null
}

/** A transaction, or what has a connection of its own for each question, whatever tables it knows. */
export type Asking = QueryExecutorProvider

/** What has connections. */
export interface Connecting extends Asking {
  connection(): { execute<R>(use: () => Promise<R>): Promise<R> }
}

/** One part of the store as one engine keeps it: the only thing in which SQLite and PostgreSQL differ. */
export interface Engine {
  /** For whoever runs the server. */
  readonly name: string
  readonly dialect: Dialect
  readonly plugins: readonly KyselyPlugin[]
  /** Where the list of migrations lies, when not beside everything else. */
  readonly schema: string | null
  /** The name of a row that has no key of its own. */
  readonly rowName: RawBuilder<string | number>
  /** Whether what only reads waits for nobody who writes. */
  readonly readsAside: boolean
  /** Before a connection is taken. Null: nobody need wait. */
  admit(): Promise<void> | null
  /** Before a connection is taken for writing, so that one of a process waits for the others. Answers how to let go. */
  takeTurn(): Promise<() => void>
  /** First in each transaction that writes: from here to its end nobody else does, in any process. */
  beginWriting(transaction: Asking): Promise<void>
  /** Last in each transaction in which something changed that is shown: other processes hear of it with the commit. */
  announce(transaction: Asking, touched: readonly Touched[]): Promise<void>
  /** What others have committed since this was asked before. */
  hear(): Promise<Heard>
  /** `listen` is told that others have committed something. */
  onNews(listen: () => void): void
  /** How many changes there were that are shown, of all processes; `own` are those of this one. */
  countShown(own: number): Promise<number>
  /** Does it unless another process does something of that name at this moment: then null. */
  alone<T>(name: string, use: () => Promise<T>): Promise<T | null>
  insertAll(
    transaction: Asking,
    table: string,
    rows: readonly Row[],
    over?: Over | null
  ): Promise<void>
  /** Every row of a table, so many at a time. In a snapshot, or in a transaction. */
  rows(transaction: Asking, table: string, atOnce: number): AsyncIterable<Row[]>
  /** Every table with its columns, as the engine says it, in the order in which they were made. */
  columns(db: Asking): Promise<Map<string, string[]>>
  /** How, as a certificate says it. */
  readonly forgets: 'log-truncated' | 'rows-vacuumed'
  /** Takes what was erased of these tables from wherever the engine still keeps it for readers. Throws StoreUnavailable. */
  forgetErased(db: Connecting, tables: readonly string[]): Promise<void>
  /** Before the connections are ended: whatever it does beside them. */
  stop(): Promise<void>
  /** After the connections were ended. */
  close(): Promise<void>
}
