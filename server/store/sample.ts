import Sqlite from 'better-sqlite3'
import type { CustomershipId } from '#contract/id.ts'
import type { DataKey } from '#server/keys/data-key.ts'
import { openEntry } from './customership-reader.ts'
import type { CustomershipTable, EntryTable } from './tables.ts'

/** A register's file, to be tried with keys and never written. */
export class Sample {
  readonly #db: Sqlite.Database

  constructor(path: string) {
    this.#db = new Sqlite(path, { readonly: true, fileMustExist: true })
  }

  customerships(): Pick<CustomershipTable, 'id' | 'state'>[] {
    return this.#db
      .prepare<[], Pick<CustomershipTable, 'id' | 'state'>>('SELECT id, state FROM customerships')
      .all()
  }

  /** How many entries the key opens; throws at the first that it does not. */
  open(id: CustomershipId, key: DataKey): number {
    const rows = this.#db
      .prepare<[CustomershipId], EntryTable>(
        'SELECT * FROM entries WHERE customership = ? AND removed = 0'
      )
      .all(id)
    for (const row of rows) openEntry(key, row)
    return rows.length
  }

  close(): void {
    this.#db.close()
  }
}
