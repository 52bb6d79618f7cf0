import { randomUUID } from 'node:crypto'
import { KeyDatabase } from './key-database.ts'
import { KeyFile } from './key-file.ts'
import { KeyStoreError } from './key-store-error.ts'
import type { KeyRow, KeyRows } from './key-rows.ts'

/** Where keys lie. */
export interface KeyPlace {
  readonly folder: string
  /** On another disk; null: there is no second copy. */
  readonly backupFolder: string | null
  /** The first copy of the data keys lies here instead of in the folder. */
  readonly databaseUrl?: string | null
}

/** As the settings say it. */
export const keyPlaceOf = (settings: {
  readonly keysFolder: string
  readonly keysBackupFolder: string | null
  readonly keysDatabaseUrl: string | null
}): KeyPlace => ({
  folder: settings.keysFolder,
  backupFolder: settings.keysBackupFolder,
  databaseUrl: settings.keysDatabaseUrl
})

export const foldersOf = ({ folder, backupFolder }: KeyPlace): readonly string[] =>
  backupFolder === null ? [folder] : [folder, backupFolder]

/** Whatever is wrapped by an epoch or by the root key. */
export function openKeyCopies({ folder, backupFolder, databaseUrl = null }: KeyPlace): KeyCopies {
  const file = 'key-store.db'
  return opened(
    () => (databaseUrl === null ? new KeyFile(folder, file) : new KeyDatabase(databaseUrl)),
    () => (backupFolder === null ? null : new KeyFile(backupFolder, file))
  )
}

/** What wraps the data keys is in files only: no database keeps what is destroyed here. */
export function openEpochCopies({ folder, backupFolder }: KeyPlace): KeyCopies {
  const file = 'epochs.db'
  return opened(
    () => new KeyFile(folder, file),
    () => (backupFolder === null ? null : new KeyFile(backupFolder, file))
  )
}

function opened(first: () => KeyRows, second: () => KeyRows | null): KeyCopies {
  const one = first()
  try {
    return new KeyCopies(one, second())
  } catch (error) {
    one.close()
    throw error
  }
}

/**
 * The key store's two copies as one. A new key is first written down as `making` here, then made
 * ready in the second copy, then here: only then is it used. A destruction is first written down
 * here, then done in the second copy, then here. So a crash leaves no doubt which way to finish.
 */
export class KeyCopies {
  readonly #first: KeyRows
  readonly #second: KeyRows | null

  constructor(first: KeyRows, second: KeyRows | null) {
    this.#first = first
    this.#second = second
    this.#agree()
    this.#finish()
  }

  get hasSecond(): boolean {
    return this.#second !== null
  }

  /** A key that may be used. */
  find(name: string): KeyRow | null {
    const row = this.#first.find(name)
    return row?.state === 'ready' ? row : null
  }

  list(prefix: string): KeyRow[] {
    return this.#first.list(prefix).filter((row) => row.state === 'ready')
  }

  /** Of those that may be used. */
  names(prefix: string): string[] {
    return this.#first.names(prefix)
  }

  /** Whether either copy still has anything under this name. */
  holds(name: string): boolean {
    return this.#first.find(name) !== null || (this.#second?.find(name) ?? null) !== null
  }

  /** The same keys under another wrapping: each copy changes in one commit, and either opens. */
  replace(rows: readonly Omit<KeyRow, 'state'>[]): void {
    const changes = this.#first.changes + 1
    const ready = rows.map((row): KeyRow => ({ ...row, state: 'ready' }))
    this.#first.put(ready, changes)
    this.#second?.put(ready, changes)
  }

  /** However many there are, each copy is made durable as often as for one. */
  put(rows: readonly Omit<KeyRow, 'state'>[]): void {
    const changes = this.#first.changes + 1
    const ready = rows.map((row): KeyRow => ({ ...row, state: 'ready' }))
    if (this.#second) {
      const making = rows.map((row): KeyRow => ({ ...row, state: 'making' }))
      this.#first.put(making, changes)
      this.#second.put(ready, changes)
    }
    this.#first.put(ready, changes)
  }

  destroy(names: readonly string[]): void {
    const rows = names.flatMap((name) => this.#first.find(name) ?? [])
    const changes = this.#first.changes + 1
    const destroying = rows.map((row): KeyRow => ({ ...row, state: 'destroying' }))
    if (destroying.length > 0) this.#first.put(destroying, changes)
    this.#second?.remove(names, changes)
    this.#first.remove(names, changes)
  }

  /** Makes the second copy the same as the first, row by row. */
  renewSecond(): void {
    this.#second?.mirror(this.#first)
  }

  close(): void {
    this.#first.close()
    this.#second?.close()
  }

  /** The copy that has seen more changes is the true one; with as many, the first. A lost copy is made anew. */
  #agree(): void {
    if (this.#first.identity === null && (this.#second?.identity ?? null) === null)
      this.#first.begin(randomUUID())
    if (!this.#second) return
    const { identity } = this.#second
    if (identity !== null && this.#first.identity !== null && identity !== this.#first.identity)
      throw new KeyStoreError('the second key folder belongs to another key store')
    const isSecondTrue =
      this.#first.identity === null ||
      (identity !== null && this.#second.changes > this.#first.changes)
    if (isSecondTrue) this.#first.mirror(this.#second)
  }

  /** What has seen as many changes of the same store, none of them unfinished, holds the same. */
  get #isSecondSame(): boolean {
    return (
      this.#second !== null &&
      this.#second.identity === this.#first.identity &&
      this.#second.changes === this.#first.changes &&
      this.#second.unfinished().length === 0 &&
      this.#second.names('').length === this.#first.names('').length
    )
  }

  /** A key still being made was never used; one being destroyed never will be. Both go, from both copies. */
  #finish(): void {
    const unfinished = this.#first.unfinished()
    if (unfinished.length > 0) this.destroy(unfinished.map((row) => row.name))
    if (!this.#isSecondSame) this.#second?.mirror(this.#first)
  }
}
