import { toBase64url } from '#lib/device/base64url.ts'
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
export interface Wrapping {
  readonly method: 'passphrase'
  readonly credential: string
  readonly salt: string
  readonly stretchSalt: string
  readonly kdf: Kdf
  readonly wrapped: string
}

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
  wrapping: Pick<Wrapping, 'method' | 'credential' | 'kdf'>,
  salt: Uint8Array<ArrayBuffer>
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const { memory, passes, parallelism } = wrapping.kdf
  const info = lengthPrefixed([
    format,
    owner.user,
    owner.device,
    'vault-key',
    wrapping.method,
    wrapping.credential,
    `argon2id/19/${memory}/${passes}/${parallelism}`
  ])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-KW', length: 256 },
    false,
    ['wrapKey', 'unwrapKey']
  )
}

/** A new vault key, which leaves this function wrapped and as the keys that come from it. */
export async function makeVaultKey(
  kek: CryptoKey,
  owner: Owner
): Promise<{ wrapped: string; keys: VaultKeys }> {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const carrier = await crypto.subtle.importKey('raw', raw, 'AES-GCM', true, ['encrypt'])
  const wrapped = await crypto.subtle.wrapKey('raw', carrier, kek, 'AES-KW')
  const root = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
  raw.fill(0)
  return { wrapped: toBase64url(new Uint8Array(wrapped)), keys: await keysUnder(root, owner) }
}

/** Null when the secret is not the right one, or the wrapping is another's or was changed. */
export async function openVaultKey(
  wrapped: Uint8Array<ArrayBuffer>,
  kek: CryptoKey,
  owner: Owner
): Promise<VaultKeys | null> {
  try {
    const root = await crypto.subtle.unwrapKey('raw', wrapped, kek, 'AES-KW', 'HKDF', false, [
      'deriveKey'
    ])
    return await keysUnder(root, owner)
  } catch {
    return null
  }
}

async function keysUnder(root: CryptoKey, owner: Owner): Promise<VaultKeys> {
  const derive = (purpose: string, name: 'AES-KW' | 'AES-GCM', usages: KeyUsage[]) =>
    crypto.subtle.deriveKey(
      {
        name: 'HKDF',
        hash: 'SHA-256',
        salt: new Uint8Array(32),
        info: lengthPrefixed([format, owner.user, owner.device, purpose])
      },
      root,
      { name, length: 256 },
      false,
      usages
    )
  return {
    wrapping: await derive('customership-keys', 'AES-KW', ['wrapKey', 'unwrapKey']),
    values: await derive('values', 'AES-GCM', ['encrypt', 'decrypt']),
    signing: await derive('signing-key', 'AES-GCM', ['wrapKey', 'unwrapKey'])
  }
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
    return await crypto.subtle.unwrapKey(
      'raw',
      wrapped,
      keys.wrapping,
      'AES-KW',
      'AES-GCM',
      false,
      ['encrypt', 'decrypt']
    )
  } catch {
    return null
  }
}
