import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** What holds the lock does at most a batch of a turn: this long is somebody who hangs. */
const patienceMilliseconds = 20_000

/**
 * One change of the keys at a time, among all processes that share the keys folder. It is a lock of
 * SQLite's on an empty file, so that the system lets go of it when its process dies.
 */
export class KeysLock {
  readonly #file: Sqlite.Database
  #isHeld = false

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'keys.lock')
    this.#file = new Sqlite(path, { timeout: patienceMilliseconds })
    chmodSync(path, 0o600)
    this.#file.pragma('journal_mode = memory')
  }

  /** Nothing in `use` waits: the others do. */
  hold<T>(use: () => T): T {
    if (this.#isHeld) return use()
    this.#file.exec('begin exclusive')
    this.#isHeld = true
    try {
      return use()
    } finally {
      this.#isHeld = false
      this.#file.exec('rollback')
    }
  }

  close(): void {
    this.#file.close()
  }
}
