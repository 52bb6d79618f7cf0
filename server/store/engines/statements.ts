import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { isDiskFault } from '#server/keys/disk-fault.ts'
import { Recent } from '#server/keys/recent.ts'
import { StoreUnavailable } from '#server/store/store-unavailable.ts'

/**
 * Prepares each statement once. SQLite may end a transaction by itself when the disk fails; what
 * still comes must then fail too, since it would otherwise be committed statement by statement.
 */
export class Statements implements SqliteDatabase {
  readonly #db: Sqlite.Database
  readonly #prepared = new Recent<string, SqliteStatement>(500)
  #hasFailed = false

  constructor(db: Sqlite.Database) {
    this.#db = db
  }

  prepare(sql: string): SqliteStatement {
    // A backup beside the server writes too: whoever reads first and then writes would be refused at
    // once when another has written between, and could not wait for it.
    if (sql === 'begin') return this.prepare('begin immediate')
    if (sql === 'rollback') this.#hasFailed = false
    if (sql === 'rollback' && !this.#db.inTransaction) return nothing
    if (this.#hasFailed) throw new StoreUnavailable('the transaction has failed')
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.#guard(() => this.#db.prepare(sql))
    const guarded: SqliteStatement = {
      reader: statement.reader,
      all: (parameters) => this.#guard(() => statement.all(...parameters)),
      run: (parameters) => this.#guard(() => statement.run(...parameters)),
      iterate: (parameters) => this.#guard(() => statement.iterate(...parameters))
    }
    this.#prepared.set(sql, guarded)
    return guarded
  }

  close(): void {
    this.#db.close()
  }

  #guard<R>(use: () => R): R {
    const wasInside = this.#db.inTransaction
    try {
      return use()
    } catch (error) {
      if (!isDiskFault(error)) throw error
      this.#hasFailed = wasInside
      throw new StoreUnavailable('the disk refuses')
    }
  }
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values()
}
