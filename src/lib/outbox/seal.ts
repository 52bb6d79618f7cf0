import type { SealingKey } from '#contract/device.ts'
import {
  envelopeAad,
  paddingBytes,
  sessionKeyInfo,
  type Envelope,
  type SignedPayload
} from '#contract/envelope.ts'
import type { DeviceId, OperationId } from '#contract/id.ts'
import { fromBase64url, toBase64url } from '#lib/device/base64url.ts'

/**
 * The key that seals operations between one unlocking and the next lock. It is sealed to the server
 * once (RFC 9180, single shot); when this object is gone, the server alone can open what it sealed.
 */
export interface SessionKey {
  readonly sealingKey: string
  readonly enc: string
  readonly sealedKey: string
  readonly key: CryptoKey
}

const text = new TextEncoder()

export async function makeSessionKey(to: SealingKey, device: DeviceId): Promise<SessionKey> {
  // Nothing is written before the day is drawn, so what seals to the server comes behind it.
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import('@hpke/core')
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm()
  })
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64url(to.publicKey))
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const { ct, enc } = await suite.seal(
    { recipientPublicKey, info: text.encode(sessionKeyInfo) },
    raw,
    text.encode(device)
  )
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  raw.fill(0)
  return {
    sealingKey: to.id,
    enc: toBase64url(new Uint8Array(enc)),
    sealedKey: toBase64url(new Uint8Array(ct)),
    key
  }
}

export async function sealEnvelope(
  session: SessionKey,
  device: DeviceId,
  head: { readonly id: OperationId; readonly seq: number },
  signed: SignedPayload
): Promise<Envelope> {
  const plain = text.encode(JSON.stringify(signed))
  const padded = new Uint8Array(Math.ceil(plain.length / paddingBytes) * paddingBytes).fill(
    0x20,
    plain.length
  )
  padded.set(plain)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = text.encode(envelopeAad(device, head.id, head.seq))
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    session.key,
    padded
  )
  return {
    id: head.id,
    seq: head.seq,
    key: session.sealingKey,
    enc: session.enc,
    sealedKey: session.sealedKey,
    nonce: toBase64url(iv),
    ciphertext: toBase64url(new Uint8Array(ciphertext))
  }
}
