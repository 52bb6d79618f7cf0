import { createSecretKey, randomBytes } from 'node:crypto'
import type { DataKey } from './data-key.ts'
import { unwrapKey, wrapKey } from './wrapping.ts'

const root = (rootKey: Buffer) => ({ name: null, key: createSecretKey(rootKey) })

/** Each backup has a random key of its own, which only the root key opens, and only for that backup. */
export function newBackupKey(rootKey: Buffer, name: string): { key: DataKey; wrapped: Buffer } {
  const bytes = randomBytes(32)
  const wrapped = wrapKey(root(rootKey), name, bytes)
  return { key: createSecretKey(bytes), wrapped }
}

/** Null: it is wrapped by another root key, or for another backup. */
export function openBackupKey(rootKey: Buffer, name: string, wrapped: Buffer): DataKey | null {
  try {
    return createSecretKey(unwrapKey(root(rootKey), name, wrapped))
  } catch {
    return null
  }
}
