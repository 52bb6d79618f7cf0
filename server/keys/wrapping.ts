import type { KeyObject } from 'node:crypto'
import { openBytes, sealBytes } from './data-key.ts'
import { KeyStoreError } from './key-store-error.ts'

/** A wrapped key opens only under its own name and the key that wraps it; null is the root key. */
const wrapAad = (name: string, wrappedBy: string | null): string =>
  `kotikaynti/wrapped-key/1\n${name}\n${wrappedBy ?? 'root'}`

export interface Wrapper {
  readonly name: string | null
  readonly key: KeyObject
  /** In the middle of a rotation of the root key: the one that goes, or the one that comes. It opens, and wraps nothing. */
  readonly other?: KeyObject | null
}

export function wrapKey(wrapper: Wrapper, name: string, bytes: Buffer): Buffer {
  return sealBytes(wrapper.key, wrapAad(name, wrapper.name), bytes)
}

export function unwrapKey(wrapper: Wrapper, name: string, wrapped: Buffer): Buffer {
  for (const key of [wrapper.key, wrapper.other])
    try {
      if (key) return openBytes(key, wrapAad(name, wrapper.name), wrapped)
    } catch {
      // The other one may open it.
    }
  throw new KeyStoreError('the root key does not open this key store')
}
