import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Somebody else works in the folder; there is nothing of a client in it. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked'
}

const held = {
  store: 'The data folder is in use by a running server or a restore.',
  backup: 'A backup or a restore is running already.'
} as const

export interface StoreLock {
  release(): void
}

/**
 * One process at a time. It is a lock of SQLite's on an empty file, so that the system lets go of
 * it when its process dies, however it dies.
 */
export function takeLock(folder: string, name: keyof typeof held): StoreLock {
  const file = new Sqlite(join(folder, `${name}.lock`), { timeout: 1000 })
  try {
    file.pragma('journal_mode = memory')
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new StoreLocked(held[name])
    throw error
  }
  return { release: () => file.close() }
}
