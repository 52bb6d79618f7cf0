import { fromBase64url, toBase64url } from '#lib/device/base64url.ts'
import { wrappingKey, type Owner, type Secret, type Wrapping, type WrappingHead } from './keys.ts'
import { stretch, type Kdf } from './passphrase.ts'

/** Null when the secret is of another way, or the wrapping was written over. */
export async function kekOf(
  wrapping: Wrapping,
  secret: Secret,
  owner: Owner
): Promise<CryptoKey | null> {
  try {
    const salt = exactly(wrapping.salt)
    if ('passphrase' in secret) {
      if (wrapping.method !== 'passphrase') return null
      const stretched = await stretch(
        secret.passphrase,
        exactly(wrapping.stretchSalt),
        wrapping.kdf
      )
      return await wrappingKey(stretched, owner, wrapping, salt).finally(() => stretched.fill(0))
    }
    if (wrapping.method !== 'passkey' || wrapping.credential !== secret.credential) return null
    return await wrappingKey(secret.secret, owner, wrapping, salt)
  } catch {
    return null
  }
}

/** Two spellings of the same bytes would be a bit that nobody notices being flipped. */
export function exactly(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64url(text)
  if (toBase64url(bytes) !== text) throw new Error('not as it was written')
  return bytes
}

/** With what a new wrapping is made. */
export type Wrapper =
  | { readonly passphrase: string; readonly kdf: Kdf; readonly addedAt?: number }
  | {
      readonly credential: string
      readonly secret: Uint8Array<ArrayBuffer>
      readonly name: string
      readonly addedAt: number
    }

/** A new vault key: one to wrap, whose bytes nobody sees, and one that others come from. */
export async function makeRoot(): Promise<{ carrier: CryptoKey; key: CryptoKey }> {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const carrier = await crypto.subtle.importKey('raw', raw, 'AES-GCM', true, ['encrypt'])
  const key = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
  raw.fill(0)
  return { carrier, key }
}

/** Null when the secret is not the right one, or the wrapping is another's or was changed. */
export function rootIn(wrapping: Wrapping, kek: CryptoKey | null): Promise<CryptoKey | null> {
  return unwrapped(wrapping, kek, 'HKDF', false, ['deriveKey'])
}

/** The root as a key that can be wrapped again. */
export function carrierIn(wrapping: Wrapping, kek: CryptoKey | null): Promise<CryptoKey | null> {
  return unwrapped(wrapping, kek, 'AES-GCM', true, ['encrypt'])
}

async function unwrapped(
  wrapping: Wrapping,
  kek: CryptoKey | null,
  name: 'HKDF' | 'AES-GCM',
  extractable: boolean,
  usages: KeyUsage[]
): Promise<CryptoKey | null> {
  if (!kek) return null
  try {
    const bytes = exactly(wrapping.wrapped)
    return await crypto.subtle.unwrapKey('raw', bytes, kek, 'AES-KW', name, extractable, usages)
  } catch {
    return null
  }
}

export async function wrapped(
  key: CryptoKey,
  wrapping: CryptoKey
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, 'AES-KW'))
}

/** A wrapping of the root with salts of its own. */
export async function wrapUnder(by: Wrapper, owner: Owner, root: CryptoKey): Promise<Wrapping> {
  const salt = crypto.getRandomValues(new Uint8Array(32))
  const under = async (secret: Uint8Array<ArrayBuffer>, head: WrappingHead) => ({
    salt: toBase64url(salt),
    wrapped: toBase64url(await wrapped(root, await wrappingKey(secret, owner, head, salt)))
  })
  if (!('passphrase' in by)) {
    const { credential, name, addedAt, secret } = by
    const head = { method: 'passkey', credential, name, addedAt } as const
    return { ...head, ...(await under(secret, head)) }
  }
  const stretchSalt = crypto.getRandomValues(new Uint8Array(16))
  const { passphrase, kdf, addedAt } = by
  const added = addedAt === undefined ? {} : { addedAt }
  const head = { method: 'passphrase', credential: '', kdf, ...added } as const
  const secret = await stretch(passphrase, stretchSalt, kdf)
  const made = { ...head, stretchSalt: toBase64url(stretchSalt), ...(await under(secret, head)) }
  secret.fill(0)
  return made
}
