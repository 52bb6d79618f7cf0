import type { KeyObject } from 'node:crypto'
import { openBytes, sealBytes } from './data-key.ts'
import { KeyStoreError } from './key-copies.ts'

/** A wrapped key opens only under its own name and the key that wraps it; null is the root key. */
const wrapAad = (name: string, wrappedBy: string | null): string =>
  `kotikaynti/wrapped-key/1\n${name}\n${wrappedBy ?? 'root'}`

interface Wrapper {
  readonly name: string | null
  readonly key: KeyObject
}

export function wrapKey(wrapper: Wrapper, name: string, bytes: Buffer): Buffer {
  return sealBytes(wrapper.key, wrapAad(name, wrapper.name), bytes)
}

export function unwrapKey(wrapper: Wrapper, name: string, wrapped: Buffer): Buffer {
  try {
    return openBytes(wrapper.key, wrapAad(name, wrapper.name), wrapped)
  } catch {
    throw new KeyStoreError('the root key does not open this key store')
  }
}
