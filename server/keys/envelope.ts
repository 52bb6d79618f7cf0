import { createDecipheriv, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Envelope, SignedPayload } from '#contract/envelope.ts'
import { envelopeAad, signedPayloadSchema, signedText } from '#contract/envelope.ts'
import type { DeviceId } from '#contract/id.ts'
import { Recent } from './recent.ts'
import type { KeyStore } from './key-store.ts'

/** Opens what a tablet sealed. The associated data binds it to its device, id and number. */
export async function openEnvelope(
  keyStore: KeyStore,
  device: DeviceId,
  envelope: Envelope
): Promise<SignedPayload | 'unknown-key' | 'cannot-open'> {
  const sessionKey = await keyStore.openSessionKey(envelope, device)
  if (sessionKey === 'unknown-key') return 'unknown-key'
  if (sessionKey === null) return 'cannot-open'
  try {
    const opened = decrypt(sessionKey, device, envelope)
    const parsed = signedPayloadSchema.safeParse(JSON.parse(opened))
    return parsed.success ? parsed.data : 'cannot-open'
  } catch {
    return 'cannot-open'
  }
}

function decrypt(sessionKey: KeyObject, device: DeviceId, envelope: Envelope): string {
  const nonce = Buffer.from(envelope.nonce, 'base64url')
  if (nonce.length !== 12) throw new Error('a nonce has 96 bits')
  const sealed = Buffer.from(envelope.ciphertext, 'base64url')
  const end = sealed.length - 16
  if (end < 0) throw new Error('a ciphertext ends in its tag')
  const decipher = createDecipheriv('aes-256-gcm', sessionKey, nonce, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(envelopeAad(device, envelope.id, envelope.seq), 'utf8'))
  decipher.setAuthTag(sealed.subarray(end))
  const bytes = decipher.update(sealed.subarray(0, end))
  decipher.final()
  return bytes.toString('utf8')
}

const importedKeys = new Recent<string, KeyObject>(2000)

/** A raw uncompressed P-256 point, or null when the text is not one. */
function importSigningKey(signingKey: string): KeyObject | null {
  const known = importedKeys.get(signingKey)
  if (known) return known
  const point = Buffer.from(signingKey, 'base64url')
  if (point.length !== 65 || point[0] !== 4) return null
  try {
    const key = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.toString('base64url', 1, 33),
        y: point.toString('base64url', 33)
      }
    })
    importedKeys.set(signingKey, key)
    return key
  } catch {
    return null
  }
}

export function isSigningKey(signingKey: string): boolean {
  return importSigningKey(signingKey) !== null
}

/** Beside the event loop: a full request carries a hundred signatures. */
const verifyBeside = promisify(verify)

/** ECDSA P-256/SHA-256, raw r‖s: what a device signs with the key that only its unlocked vault can use. */
export async function verifySignature(
  signingKey: string,
  text: string,
  sig: string
): Promise<boolean> {
  const key = importSigningKey(signingKey)
  const signature = Buffer.from(sig, 'base64url')
  if (!key || signature.length !== 64) return false
  return verifyBeside(
    'sha256',
    Buffer.from(text, 'utf8'),
    { key, dsaEncoding: 'ieee-p1363' },
    signature
  )
}

export function verifyOperation(
  signingKey: string,
  device: DeviceId,
  id: string,
  seq: number,
  payload: string,
  sig: string
): Promise<boolean> {
  return verifySignature(signingKey, signedText(device, id, seq, payload), sig)
}
