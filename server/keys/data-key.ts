import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomFillSync,
  type KeyObject
} from 'node:crypto'

/** What opens one customership. As an object it is several times faster than its bytes, and wiped when it goes. */
export type DataKey = KeyObject

const nonceBytes = 12
const tagBytes = 16

/** Asking the system for 12 bytes at a time costs as much as the sealing itself. */
const pool = Buffer.alloc(12 * 512)
let spent = pool.length

function fillNonce(target: Buffer): void {
  if (spent === pool.length) {
    randomFillSync(pool)
    spent = 0
  }
  pool.copy(target, 0, spent, spent + nonceBytes)
  spent += nonceBytes
}

/** AES-256-GCM: nonce ‖ ciphertext ‖ tag. */
export function sealBytes(key: DataKey, aad: string, bytes: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(nonceBytes + bytes.length + tagBytes)
  const nonce = sealed.subarray(0, nonceBytes)
  fillNonce(nonce)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(aad, 'utf8'))
  cipher.update(bytes).copy(sealed, nonceBytes)
  cipher.final()
  cipher.getAuthTag().copy(sealed, nonceBytes + bytes.length)
  return sealed
}

/** Throws when the key, the associated data or a single bit differs. */
export function openBytes(key: DataKey, aad: string, sealed: Buffer): Buffer {
  const end = sealed.length - tagBytes
  if (end < nonceBytes) throw new Error('a sealed value is too short')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes
  })
  decipher.setAAD(Buffer.from(aad, 'utf8'))
  decipher.setAuthTag(sealed.subarray(end))
  const bytes = decipher.update(sealed.subarray(nonceBytes, end))
  decipher.final()
  return bytes
}

export function sealText(key: DataKey, aad: string, text: string): Buffer {
  return sealBytes(key, aad, Buffer.from(text, 'utf8'))
}

export function openText(key: DataKey, aad: string, sealed: Buffer): string {
  return openBytes(key, aad, sealed).toString('utf8')
}

/** HMAC-SHA-256: tells that two texts are the same without keeping either. */
export function macOf(key: DataKey, text: string): Buffer {
  return createHmac('sha256', key).update('kotikaynti/mac/1\n').update(text, 'utf8').digest()
}
