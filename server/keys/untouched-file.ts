import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

type Row = Readonly<Record<string, unknown>>

/** SQLite's file format, § 1.3.3: byte 18 says how the file is written. */
function journalOf(path: string): 'wal' | 'rollback' {
  const handle = openSync(path, 'r')
  try {
    const header = Buffer.alloc(20)
    readSync(handle, header, 0, header.length, 0)
    return header[18] === 2 ? 'wal' : 'rollback'
  } finally {
    closeSync(handle)
  }
}

/**
 * A SQLite file, read as it lies and beside whoever writes it. Even a reader makes a log beside a file
 * that has none, which would then belong to whoever only looked: such a file is read as one that
 * nobody changes. The engine that the server writes with cannot be told so; this one can.
 */
export class UntouchedFile {
  readonly journal: 'wal' | 'rollback'
  readonly #db: DatabaseSync

  constructor(path: string) {
    this.journal = journalOf(path)
    const address = pathToFileURL(path)
    if (this.journal === 'wal' && !existsSync(`${path}-wal`))
      address.searchParams.set('immutable', '1')
    this.#db = new DatabaseSync(address, { readOnly: true, timeout: 2000 })
  }

  all(sql: string, ...values: string[]): Row[] {
    return this.#db.prepare(sql).all(...values)
  }

  /** The first column of the first row, as text. */
  one(sql: string, ...values: string[]): string | null {
    const [value] = Object.values(this.all(sql, ...values)[0] ?? {})
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }

  close(): void {
    this.#db.close()
  }
}

/** Reads one file and lets go of it. Null: there is none. */
export function lookInto<T>(path: string, read: (file: UntouchedFile) => T): T | null {
  if (!existsSync(path)) return null
  const file = new UntouchedFile(path)
  try {
    return read(file)
  } finally {
    file.close()
  }
}
