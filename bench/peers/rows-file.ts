import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Row } from './row.ts'

/** Rows as they were last written, in SQLite, numbered by their last writing. */
export class RowsFile {
  readonly #database: Database.Database
  readonly #put: Database.Statement
  #sequence = 0

  /** `FULL` is durable when it answers; with `NORMAL` a power cut may take the last commits. */
  constructor(folder: string, synchronous: 'FULL' | 'NORMAL') {
    this.#database = new Database(join(folder, 'rows.db'))
    this.#database.pragma('journal_mode = WAL')
    this.#database.pragma(`synchronous = ${synchronous}`)
    this.#database.exec(
      'CREATE TABLE rows (id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID'
    )
    this.#database.exec('CREATE UNIQUE INDEX by_sequence ON rows (sequence)')
    this.#put = this.#database.prepare(
      'INSERT INTO rows VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, value = excluded.value'
    )
  }

  /** In one commit. */
  putAll(rows: readonly Pick<Row, 'id'>[]): void {
    this.#database.transaction(() => {
      for (const row of rows) this.#put.run(row.id, (this.#sequence += 1), JSON.stringify(row))
    })()
  }

  get(id: string): string | null {
    const found = this.#database.prepare('SELECT value FROM rows WHERE id = ?').get(id)
    return (found as { value: string } | undefined)?.value ?? null
  }

  after(sequence: number, limit: number): { sequence: number; value: string }[] {
    return this.#database
      .prepare('SELECT sequence, value FROM rows WHERE sequence > ? ORDER BY sequence LIMIT ?')
      .all(sequence, limit) as { sequence: number; value: string }[]
  }

  count(): number {
    const found = this.#database.prepare('SELECT count(*) AS rows FROM rows').get()
    return (found as { rows: number }).rows
  }
}
