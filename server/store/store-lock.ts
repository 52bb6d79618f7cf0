import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Somebody else works in the folder; there is nothing of a client in it. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked'
}

/** A server that is started again may wait for the end of the one before; nobody waits for a backup. */
const held = {
  store: {
    patienceMilliseconds: 1000,
    told: 'The data folder is in use by a running server or a restore.'
  },
  backup: { patienceMilliseconds: 0, told: 'A backup or a restore is running already.' }
} as const

export interface StoreLock {
  release(): void
}

/** Whether somebody holds it. It takes nothing and makes nothing: a lock that is not there is held by nobody. */
export function isLocked(folder: string, name: keyof typeof held): boolean {
  const path = join(folder, `${name}.lock`)
  if (!existsSync(path)) return false
  const file = new Sqlite(path, { readonly: true, timeout: 0 })
  try {
    file.prepare('SELECT count(*) FROM sqlite_schema').get()
    return false
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true
    throw error
  } finally {
    file.close()
  }
}

/**
 * One process at a time, or with `isShared` as many as share it and nobody else. It is a lock of SQLite's on an empty file, so that the system lets go of
 * it when its process dies, however it dies.
 */
export function takeLock(
  folder: string,
  name: keyof typeof held,
  { isShared = false }: { isShared?: boolean } = {}
): StoreLock {
  const { patienceMilliseconds: timeout, told } = held[name]
  const file = new Sqlite(join(folder, `${name}.lock`), { timeout })
  try {
    file.pragma('journal_mode = memory')
    file.exec(isShared ? 'begin; select * from sqlite_schema' : 'begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new StoreLocked(told)
    throw error
  }
  return { release: () => file.close() }
}
