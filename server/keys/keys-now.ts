import { createHmac, createSecretKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { CustomershipId } from '#contract/id.ts'
import type { DataKey } from './data-key.ts'
import type { KeyPlace } from './key-copies.ts'
import { KeyDatabase } from './key-database.ts'
import { KeyStoreError } from './key-store-error.ts'
import { KeysLock } from './keys-lock.ts'
import type { KeyRow } from './key-rows.ts'
import { openRoot } from './root.ts'
import { unwrapKey } from './wrapping.ts'

/** The keys as they are at this moment, read beside a server that may be running, and never written. */
export interface KeysNow {
  dataKey(id: CustomershipId): DataKey | null
  /** Whether either copy has anything under the customership's name, whatever its state. */
  holdsDataKey(id: CustomershipId): boolean
  suppressionMac(id: CustomershipId): Buffer
}

export function readKeysNow(options: KeyPlace & { readonly rootKey: Buffer }): KeysNow {
  const { backupFolder, rootKey } = options
  const first = readFirst(options)
  if (!first) throw new KeyStoreError('there is no key store in the keys folder')
  const second = backupFolder === null ? null : readCopy(backupFolder)
  const rowOf = (name: string) => first.keys.get(name) ?? null
  const root = openRoot(rowOf, rootKey)
  const epochs = new Map(
    [...first.epochs.values()].map(({ name, wrapped }) => [
      name,
      { name, key: createSecretKey(unwrapKey(root, name, wrapped)) }
    ])
  )
  const suppression = rowOf('suppression')
  if (!suppression) throw new KeyStoreError('the key store has no suppression key')
  const suppressionKey = createSecretKey(unwrapKey(root, 'suppression', suppression.wrapped))
  return {
    dataKey(id) {
      const row = rowOf(`data/${id}`)
      const epoch = row?.state === 'ready' ? epochs.get(row.wrappedBy ?? '') : undefined
      return row && epoch ? createSecretKey(unwrapKey(epoch, row.name, row.wrapped)) : null
    },
    holdsDataKey: (id) => [first, second].some((copy) => copy?.keys.has(`data/${id}`)),
    suppressionMac: (id) => createHmac('sha256', suppressionKey).update(id, 'utf8').digest()
  }
}

/**
 * A backup's key as its own header has it, or as a rotation of the root key kept it. Null: no root key
 * at hand opens either.
 */
export function openKeptBackupKey(
  options: KeyPlace & { readonly rootKey: Buffer },
  name: string,
  inHeader: Buffer
): DataKey | null {
  const { backupFolder, rootKey } = options
  const copy = readFirst(options) ?? (backupFolder === null ? null : readCopy(backupFolder))
  const rowOf = (row: string) => copy?.keys.get(row) ?? null
  const root = openRoot(rowOf, rootKey)
  for (const wrapped of [inHeader, rowOf(name)?.wrapped])
    try {
      if (wrapped) return createSecretKey(unwrapKey(root, name, wrapped))
    } catch (error) {
      if (!(error instanceof KeyStoreError)) throw error
    }
  return null
}

interface Copy {
  readonly epochs: ReadonlyMap<string, KeyRow>
  readonly keys: ReadonlyMap<string, KeyRow>
}

function readFirst({ folder, databaseUrl = null }: KeyPlace): Copy | null {
  if (databaseUrl === null) return readCopy(folder)
  if (!existsSync(join(folder, 'epochs.db'))) return null
  const lock = new KeysLock(folder)
  const keys = new KeyDatabase(databaseUrl)
  const epochs = new Database(join(folder, 'epochs.db'), { readonly: true })
  try {
    return lock.hold(() => ({
      epochs: rowsOf(epochs),
      keys: new Map(keys.list().map((row) => [row.name, row]))
    }))
  } finally {
    for (const one of [epochs, keys, lock]) one.close()
  }
}

/** Both files in one moment: the epochs are held still while the keys that they wrap are read. */
function readCopy(folder: string): Copy | null {
  if (!existsSync(join(folder, 'key-store.db')) || !existsSync(join(folder, 'epochs.db'))) return null
  const open = (file: string) => new Database(join(folder, file), { readonly: true })
  const epochs = open('epochs.db')
  const keys = open('key-store.db')
  try {
    return epochs.transaction(() => ({ epochs: rowsOf(epochs), keys: rowsOf(keys) }))()
  } finally {
    epochs.close()
    keys.close()
  }
}

function rowsOf(db: Database.Database): ReadonlyMap<string, KeyRow> {
  const rows = db.prepare<[], KeyRow>('SELECT * FROM keys').all()
  return new Map(rows.map((row) => [row.name, row]))
}
