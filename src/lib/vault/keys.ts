import type { Kdf } from './passphrase.ts'

/**
 * The tree of keys: an unlocking secret wraps the vault key; from the vault key come one key that
 * wraps, one that seals the vault's own values, one for the device's signing key. Whatever is
 * unwrapped is non-extractable and lives in the worker's memory only.
 */
export interface VaultKeys {
  readonly wrapping: CryptoKey
  readonly values: CryptoKey
  readonly signing: CryptoKey
}

export const format = 'kotikaynti/vault/1'

/** RFC 3394 over RFC 5869. All of this is in `info`: a wrapping moved or weakened does not open. */
export interface PassphraseWrapping {
  readonly method: 'passphrase'
  readonly credential: string
  readonly salt: string
  readonly stretchSalt: string
  readonly kdf: Kdf
  /** Since when; absent in those of before passphrases were changed. */
  readonly addedAt?: number
  readonly wrapped: string
}

/** Under what one passkey derives (WebAuthn PRF), which no guess reaches: nothing is stretched. */
export interface PasskeyWrapping {
  readonly method: 'passkey'
  readonly credential: string
  readonly name: string
  readonly addedAt: number
  readonly salt: string
  readonly wrapped: string
}

export type Wrapping = PassphraseWrapping | PasskeyWrapping

export type WrappingHead =
  | Omit<PassphraseWrapping, 'salt' | 'stretchSalt' | 'wrapped'>
  | Omit<PasskeyWrapping, 'salt' | 'wrapped'>

/** What somebody has in order to unlock. */
export type Secret =
  | { readonly passphrase: string }
  | { readonly credential: string; readonly secret: Uint8Array<ArrayBuffer> }

export interface Owner {
  readonly user: string
  readonly device: string
}

const text = new TextEncoder()

/** Each part behind its length, so that no two lists of parts give the same bytes. */
export function lengthPrefixed(parts: readonly string[]): Uint8Array<ArrayBuffer> {
  const encoded = parts.map((part) => text.encode(part))
  const bytes = new Uint8Array(encoded.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const part of encoded) {
    view.setUint32(at, part.length)
    bytes.set(part, at + 4)
    at += 4 + part.length
  }
  return bytes
}

export async function wrappingKey(
  secret: Uint8Array<ArrayBuffer>,
  owner: Owner,
  head: WrappingHead,
  salt: Uint8Array<ArrayBuffer>
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const info = lengthPrefixed([
    format,
    owner.user,
    owner.device,
    'vault-key',
    head.method,
    head.credential,
    ...derivation(head)
  ])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-KW', length: 256 },
    false,
    ['wrapKey', 'unwrapKey']
  )
}

function derivation(head: WrappingHead): string[] {
  if (head.method === 'passkey') return ['prf', head.name, String(head.addedAt)]
  const { memory, passes, parallelism } = head.kdf
  const added = head.addedAt === undefined ? [] : [String(head.addedAt)]
  return [`argon2id/19/${memory}/${passes}/${parallelism}`, ...added]
}

export function derivedFrom(
  root: CryptoKey,
  owner: Owner,
  purpose: 'customership-keys' | 'values' | 'values-key' | 'signing-key',
  name: 'AES-KW' | 'AES-GCM',
  extractable = false
): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(32),
      info: lengthPrefixed([format, owner.user, owner.device, purpose])
    },
    root,
    { name, length: 256 },
    extractable,
    name === 'AES-KW' || purpose === 'signing-key'
      ? ['wrapKey', 'unwrapKey']
      : ['encrypt', 'decrypt']
  )
}

/**
 * `ownValues`: the key of the vault's own values, wrapped, once the root was changed; until then it is
 * derived. So it stays the same under every root, and nothing in the database is sealed anew.
 */
export async function keysUnder(
  root: CryptoKey,
  owner: Owner,
  ownValues: Uint8Array<ArrayBuffer> | null = null
): Promise<VaultKeys> {
  return {
    wrapping: await derivedFrom(root, owner, 'customership-keys', 'AES-KW'),
    values: ownValues
      ? await openSealingKey(ownValues, await derivedFrom(root, owner, 'values-key', 'AES-KW'))
      : await derivedFrom(root, owner, 'values', 'AES-GCM'),
    signing: await derivedFrom(root, owner, 'signing-key', 'AES-GCM')
  }
}

/** Throws when it is not the one that was wrapped. */
export function openSealingKey(
  wrapped: Uint8Array<ArrayBuffer>,
  wrapping: CryptoKey,
  extractable = false
): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', 'AES-GCM', extractable, [
    'encrypt',
    'decrypt'
  ])
}

/** A key of its own for one customership: destroying its slot makes every value under it unreadable. */
export async function makeCustomershipKey(keys: VaultKeys): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt'])
  return new Uint8Array(await crypto.subtle.wrapKey('raw', key, keys.wrapping, 'AES-KW'))
}

export async function openCustomershipKey(
  wrapped: Uint8Array<ArrayBuffer>,
  keys: VaultKeys
): Promise<CryptoKey | null> {
  try {
    return await openSealingKey(wrapped, keys.wrapping)
  } catch {
    return null
  }
}
