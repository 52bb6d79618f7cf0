import type { Day } from '#contract/day.ts'
import { format, lengthPrefixed, type Owner } from './keys.ts'

/** Where a sealed value stands. All of it is authenticated: a value put elsewhere does not open. */
export interface Place {
  readonly table: 'customerships' | 'faces' | 'copies' | 'lines' | 'meta' | 'pages'
  /** The customership whose key seals it; empty for the vault's own values. */
  readonly customership: string
  /** The row, where a table holds several values of one customership. */
  readonly item?: string
  readonly revision?: number
  readonly view?: string
  readonly purgeAfter?: Day | null
}

const stepBytes = 256
const nonceBytes = 12
const space = 0x20

function named(owner: Owner, place: Place): Uint8Array<ArrayBuffer> {
  return lengthPrefixed([
    format,
    owner.user,
    owner.device,
    place.table,
    place.customership,
    place.item ?? '',
    String(place.revision ?? ''),
    place.view ?? '',
    place.purgeAfter ?? ''
  ])
}

/** `json` is padded with spaces, which JSON ignores: a length tells less. */
export function seal(
  key: CryptoKey,
  owner: Owner,
  place: Place,
  json: Uint8Array
): Promise<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((json.length + 1) / stepBytes) * stepBytes).fill(
    space,
    json.length
  )
  padded.set(json)
  return sealPadded(key, owner, place, padded)
}

/** What is no JSON says its own length before its padding. */
export function sealBytes(
  key: CryptoKey,
  owner: Owner,
  place: Place,
  bytes: Uint8Array
): Promise<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 5) / stepBytes) * stepBytes)
  new DataView(padded.buffer).setUint32(0, bytes.length)
  padded.set(bytes, 4)
  return sealPadded(key, owner, place, padded)
}

async function sealPadded(
  key: CryptoKey,
  owner: Owner,
  place: Place,
  padded: Uint8Array<ArrayBuffer>
): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const algorithm = { name: 'AES-GCM', iv, additionalData: named(owner, place) }
  const ciphertext = await crypto.subtle.encrypt(algorithm, key, padded)
  const sealed = new Uint8Array(nonceBytes + ciphertext.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(ciphertext), nonceBytes)
  return sealed.buffer
}

/** Null when a single bit of it, of its key or of its place is another. */
export async function open(
  key: CryptoKey,
  owner: Owner,
  place: Place,
  sealed: ArrayBuffer
): Promise<unknown> {
  const json = await openPadded(key, owner, place, sealed)
  try {
    return json && (JSON.parse(new TextDecoder().decode(json)) as unknown)
  } catch {
    return null
  }
}

export async function openBytes(
  key: CryptoKey,
  owner: Owner,
  place: Place,
  sealed: ArrayBuffer
): Promise<Uint8Array<ArrayBuffer> | null> {
  const padded = await openPadded(key, owner, place, sealed)
  return padded && new Uint8Array(padded, 4, new DataView(padded).getUint32(0))
}

async function openPadded(
  key: CryptoKey,
  owner: Owner,
  place: Place,
  sealed: ArrayBuffer
): Promise<ArrayBuffer | null> {
  try {
    const iv = new Uint8Array(sealed, 0, nonceBytes)
    const algorithm = { name: 'AES-GCM', iv, additionalData: named(owner, place) }
    return await crypto.subtle.decrypt(algorithm, key, new Uint8Array(sealed, nonceBytes))
  } catch {
    return null
  }
}
