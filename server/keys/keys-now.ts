import { createHmac, createSecretKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { CustomershipId } from '#contract/id.ts'
import type { DataKey } from './data-key.ts'
import { KeyStoreError } from './key-copies.ts'
import type { KeyRow } from './key-file.ts'
import { openRoot } from './root.ts'
import { unwrapKey } from './wrapping.ts'

/** The keys as they are at this moment, read beside a server that may be running, and never written. */
export interface KeysNow {
  dataKey(id: CustomershipId): DataKey | null
  /** Whether either copy has anything under the customership's name, whatever its state. */
  holdsDataKey(id: CustomershipId): boolean
  suppressionMac(id: CustomershipId): Buffer
}

export function readKeysNow(options: {
  folder: string
  backupFolder: string | null
  rootKey: Buffer
}): KeysNow {
  const { folder, backupFolder, rootKey } = options
  const first = readCopy(folder)
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
  options: { folder: string; backupFolder: string | null; rootKey: Buffer },
  name: string,
  inHeader: Buffer
): DataKey | null {
  const { folder, backupFolder, rootKey } = options
  const copy = readCopy(folder) ?? (backupFolder === null ? null : readCopy(backupFolder))
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

/** Both files in one moment: the epochs are held still while the keys that they wrap are read. */
function readCopy(folder: string) {
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
