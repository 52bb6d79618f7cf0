import { createPrivateKey, createPublicKey, createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import { KeyStoreError } from './key-store-error.ts'
import { lookInto, type UntouchedFile } from './untouched-file.ts'
import { unwrapKey } from './wrapping.ts'

/** What one copy of the keys says of itself: names and numbers, no key. */
export interface KeysLook {
  /** By file: whose copy it is, and how many changes it has seen. */
  readonly states: readonly { readonly file: string; identity: string | null; changes: number }[]
  /** What the register knows this key store by; null where the root key does not open it. */
  readonly publicKey: string | null
  /** The customerships that have a key which an epoch at hand opens. */
  readonly keyed: ReadonlySet<string>
  /** Keys that are wrapped by an epoch which is not there. */
  readonly orphaned: number
}

const keyFiles = ['key-store.db', 'epochs.db'] as const

/** Reads a copy of the key store, and writes nothing. Null: there is none, or only a part of one. */
export function lookAtKeys(folder: string, rootKey: Buffer | null): KeysLook | null {
  const states = keyFiles.map((file) => lookInto(join(folder, file), (one) => stateOf(file, one)))
  const epochs = lookInto(join(folder, 'epochs.db'), namesOf)
  const keys = lookInto(join(folder, 'key-store.db'), (file) => ({
    publicKey: rootKey === null ? null : publicKeyOf(signingIn(file), rootKey),
    rows: file.all(
      "SELECT substr(name, 6) AS id, wrappedBy FROM keys WHERE name LIKE 'data/%' AND state = 'ready'"
    )
  }))
  if (!epochs || !keys || states.includes(null)) return null
  return {
    states: states.filter((state) => state !== null),
    publicKey: keys.publicKey,
    ...openedBy(
      epochs,
      keys.rows.map(({ id, wrappedBy }) => ({ id: String(id), wrappedBy: String(wrappedBy) }))
    )
  }
}

/** The keys of customerships that an epoch at hand opens, and how many none does. */
export function openedBy(
  epochs: ReadonlySet<string>,
  rows: readonly { readonly id: string; readonly wrappedBy: string }[]
): Pick<KeysLook, 'keyed' | 'orphaned'> {
  const opened = rows.filter(({ wrappedBy }) => epochs.has(wrappedBy))
  return { keyed: new Set(opened.map(({ id }) => id)), orphaned: rows.length - opened.length }
}

export function stateOf(file: string, one: UntouchedFile) {
  const fact = (name: string) => one.one('SELECT value FROM facts WHERE name = ?', name)
  return { file, identity: fact('identity'), changes: Number(fact('changes') ?? 0) }
}

export const namesOf = (file: UntouchedFile): ReadonlySet<string> =>
  new Set(file.all('SELECT name FROM keys').map(({ name }) => String(name)))

function signingIn(file: UntouchedFile): Uint8Array | null {
  const [row] = file.all("SELECT wrapped FROM keys WHERE name = 'signing'")
  return row?.['wrapped'] instanceof Uint8Array ? row['wrapped'] : null
}

/** Null where this root key does not open it. */
export function publicKeyOf(wrapped: Uint8Array | null, rootKey: Buffer): string | null {
  if (!wrapped) return null
  const root = { name: null, key: createSecretKey(rootKey) }
  try {
    const der = unwrapKey(root, 'signing', Buffer.from(wrapped))
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    return createPublicKey(key).export({ format: 'jwk' }).x ?? null
  } catch (error) {
    if (error instanceof KeyStoreError) return null
    throw error
  }
}
