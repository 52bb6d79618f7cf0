import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { DeviceId } from '#contract/id.ts'

/** What a file says of itself when it is read apart from the store: numbers and ids, nothing of a client. */
export interface Inspection {
  /** SQLite finds no fault in it. */
  readonly isWhole: boolean
  readonly version: string
  readonly generation: string
  readonly rows: Readonly<Record<string, number>>
  /** Every operation of the tablet up to this number had been received. */
  readonly received: readonly { device: DeviceId; through: number }[]
}

/**
 * A consistent copy, whatever is written meanwhile. It is built row by row from what is there, so
 * that nothing of what was deleted goes along, as it would with the pages of the file itself.
 */
export function copyRegister({ from, to }: { from: string; to: string }): void {
  const db = new Sqlite(from, { readonly: true, fileMustExist: true })
  try {
    db.pragma('temp_store = 2')
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
}

/** Reads the file through. Null: it is not a register. */
export function inspectRegister({ path }: { path: string }): Inspection | null {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    return inspect(db)
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return null
    throw error
  } finally {
    db.close()
  }
}

function inspect(db: Sqlite.Database): Inspection {
  const isWhole =
    db.pragma('integrity_check', { simple: true }) === 'ok' &&
    (db.pragma('foreign_key_check') as unknown[]).length === 0
  const generation = db
    .prepare<[], { value: string }>("SELECT value FROM facts WHERE name = 'generation'")
    .get()
  return {
    isWhole,
    version: versionOf(db),
    generation: generation?.value ?? '',
    rows: Object.fromEntries(tablesOf(db).map((table) => [table, rowsOf(db, table)])),
    received: db
      .prepare<[], { device: DeviceId; through: number }>(
        'SELECT id AS device, receivedThrough AS through FROM devices ORDER BY id'
      )
      .all()
  }
}

function versionOf(db: Sqlite.Database): string {
  const newest = db
    .prepare<[], { name: string }>('SELECT name FROM kysely_migration ORDER BY name DESC LIMIT 1')
    .get()
  return newest?.name ?? ''
}

function tablesOf(db: Sqlite.Database): string[] {
  return db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    .all()
    .map(({ name }) => name)
}

function rowsOf(db: Sqlite.Database, table: string): number {
  const row = db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${table}"`).get()
  return row?.count ?? 0
}

/** What lies in a verified backup need not be kept on the tablet. It only rises. */
export function markSafe({
  path,
  received
}: {
  path: string
  received: Inspection['received']
}): void {
  const db = new Sqlite(path, { fileMustExist: true })
  try {
    db.pragma('synchronous = 2')
    db.pragma('secure_delete = 1')
    const mark = db.prepare(
      'UPDATE devices SET safeThrough = max(coalesce(safeThrough, 0), ?) WHERE id = ?'
    )
    db.transaction(() => {
      for (const { device, through } of received) mark.run(through, device)
    }).immediate()
  } finally {
    db.close()
  }
}

/** Rebuilt row by row, and in one file: what was erased is not in it. */
export function compactRegister({ path }: { path: string }): void {
  const db = new Sqlite(path, { fileMustExist: true })
  try {
    db.pragma('synchronous = 2')
    db.pragma('temp_store = 2')
    db.exec('VACUUM')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('journal_mode = delete')
  } finally {
    db.close()
  }
}

/** The keyed HMACs of what was deleted, in hex; none where there is no list. */
export function readSuppressed(paths: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const path of paths) {
    if (!existsSync(path)) continue
    const db = new Sqlite(path, { readonly: true })
    for (const { mac } of db.prepare<[], { mac: Buffer }>('SELECT mac FROM suppressed').all())
      found.add(mac.toString('hex'))
    db.close()
  }
  return found
}
