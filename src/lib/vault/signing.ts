import { leaseText } from '#contract/lease-text.ts'
import type { Lease } from '#contract/device.ts'
import { fromBase64url, toBase64url } from '#lib/device/base64url.ts'
import { format, lengthPrefixed, type Owner, type VaultKeys } from './keys.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const text = new TextEncoder()

export async function makeSigningKey(): Promise<{ pair: CryptoKeyPair; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const point = await crypto.subtle.exportKey('raw', pair.publicKey)
  return { pair, publicKey: toBase64url(new Uint8Array(point)) }
}

const named = (owner: Owner) => lengthPrefixed([format, owner.user, owner.device, 'signing-key'])

/** PKCS#8 is not a multiple of eight bytes, so AES-KW cannot take it. */
export async function wrapSigningKey(
  key: CryptoKey,
  keys: VaultKeys,
  owner: Owner
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const algorithm = { name: 'AES-GCM', iv, additionalData: named(owner) }
  const wrapped = await crypto.subtle.wrapKey('pkcs8', key, keys.signing, algorithm)
  const bytes = new Uint8Array(iv.length + wrapped.byteLength)
  bytes.set(iv)
  bytes.set(new Uint8Array(wrapped), iv.length)
  return bytes
}

export async function openSigningKey(
  wrapped: Uint8Array<ArrayBuffer>,
  keys: VaultKeys,
  owner: Owner,
  extractable = false
): Promise<CryptoKey | null> {
  try {
    const algorithm = {
      name: 'AES-GCM',
      iv: wrapped.slice(0, 12),
      additionalData: named(owner)
    }
    const key = wrapped.slice(12)
    return await crypto.subtle.unwrapKey(
      'pkcs8',
      key,
      keys.signing,
      algorithm,
      curve,
      extractable,
      ['sign']
    )
  } catch {
    return null
  }
}

/** Raw r‖s, base64url. */
export async function sign(key: CryptoKey, words: string): Promise<string> {
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await crypto.subtle.sign(algorithm, key, text.encode(words))
  return toBase64url(new Uint8Array(signature))
}

/** Only the server's lease key can lengthen what a tablet may hold. */
export async function isLeaseGenuine(
  lease: Lease,
  leaseKey: string,
  owner: Owner
): Promise<boolean> {
  if (lease.device !== owner.device || lease.user !== owner.user) return false
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(leaseKey), 'Ed25519', false, [
      'verify'
    ])
    const signature = fromBase64url(lease.sig)
    return await crypto.subtle.verify('Ed25519', key, signature, text.encode(leaseText(lease)))
  } catch {
    return false
  }
}
