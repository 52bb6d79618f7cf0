import { createSecretKey, randomBytes } from 'node:crypto'
import type { Clock } from '#server/clock.ts'
import { openBackupKey } from './backup-key.ts'
import { openEpochCopies, openKeyCopies, type KeyCopies, type KeyPlace } from './key-copies.ts'
import type { KeyRow } from './key-rows.ts'
import { bridgeNames, bridgeRows, openRoot, type Root } from './root.ts'
import { unwrapKey, wrapKey } from './wrapping.ts'

/** A backup as its header tells it: the name and the wrapping of its key. */
export interface HeldBackup {
  readonly name: string
  readonly wrapped: Buffer
}

type Row = Omit<KeyRow, 'state'>

/**
 * Wraps whatever lies under the root key anew, under another one. Between `begin` and `end` both open
 * everything, from either copy, so that it may be cut anywhere and gone on with; no other process may
 * have the key store meanwhile.
 */
export class RootRotation {
  readonly former: Buffer
  readonly next: Buffer
  /** Which of the two was given; `only`: nothing was begun before. */
  readonly stands: Root['stands']
  readonly #copies: KeyCopies
  readonly #epochs: KeyCopies
  readonly #clock: Clock

  /** Goes on with the one that was begun, whichever of its two keys is given. Throws KeyStoreError. */
  constructor(options: KeyPlace & { readonly rootKey: Buffer; readonly clock: Clock }) {
    const { rootKey, clock } = options
    this.#clock = clock
    this.#copies = openKeyCopies(options)
    this.#epochs = openEpochCopies(options)
    try {
      const root = openRoot((name) => this.#copies.find(name), rootKey)
      for (const row of this.#wrappedByRoot(this.#copies)) unwrapKey(root, row.name, row.wrapped)
      const other = root.other?.export() ?? randomBytes(32)
      this.stands = root.stands
      this.former = root.stands === 'next' ? other : rootKey
      this.next = root.stands === 'next' ? rootKey : other
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** From here on either key opens everything. */
  begin(): void {
    if (this.stands !== 'only') return
    const madeAt = this.#clock.now()
    this.#copies.put(bridgeRows(this).map((row) => ({ ...row, madeAt })))
  }

  /** The keys of backups that the former key opens, for their files are bound to their headers. How many open with the new one. */
  keepBackups(backups: readonly HeldBackup[]): number {
    const madeAt = this.#clock.now()
    const missing = backups.filter(({ name }) => !this.#copies.find(name))
    const rows = missing.flatMap(({ name, wrapped }): Row[] => {
      const key = openBackupKey(this.former, name, wrapped)?.export()
      return key ? [{ ...this.#wrapped(name, key), publicKey: null, madeAt }] : []
    })
    if (rows.length > 0) this.#copies.put(rows)
    return backups.filter(
      ({ name, wrapped }) => this.#copies.find(name) ?? openBackupKey(this.next, name, wrapped)
    ).length
  }

  /** Nothing needs the former key any more, in either copy. */
  wrapAnew(): void {
    const root: Root = {
      ...{ name: null, stands: 'next', key: createSecretKey(this.next) },
      other: createSecretKey(this.former)
    }
    for (const copies of [this.#copies, this.#epochs])
      copies.replace(
        this.#wrappedByRoot(copies).map((row) => ({
          ...row,
          ...this.#wrapped(row.name, unwrapKey(root, row.name, row.wrapped))
        }))
      )
  }

  /** The former key opens nothing from here on. */
  end(): void {
    this.#copies.destroy(bridgeNames)
  }

  close(): void {
    this.#copies.close()
    this.#epochs.close()
  }

  #wrapped(name: string, key: Buffer): Pick<Row, 'name' | 'wrappedBy' | 'wrapped'> {
    const next = { name: null, key: createSecretKey(this.next) }
    return { name, wrappedBy: null, wrapped: wrapKey(next, name, key) }
  }

  #wrappedByRoot(copies: KeyCopies): Row[] {
    return copies
      .list('')
      .filter(({ name, wrappedBy }) => wrappedBy === null && !bridgeNames.includes(name))
      .map(({ state: _, ...row }) => row)
  }
}
