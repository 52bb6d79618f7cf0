import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { expect, test } from 'vitest'
import { envelopeAad, sessionKeyInfo } from '#contract/envelope.ts'
import type { DeviceId, OperationId } from '#contract/id.ts'
import { fromBase64url, toBase64url } from '#lib/device/base64url.ts'
import { makeSessionKey, sealEnvelope } from './seal.ts'

const text = new TextEncoder()
const device = '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId
const id = '5f0c2f3e-1111-4222-8333-000000000001' as OperationId

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm()
})

async function sealed() {
  const pair = await suite.kem.generateKeyPair()
  const point = await suite.kem.serializePublicKey(pair.publicKey)
  const publicKey = toBase64url(new Uint8Array(point))
  const session = await makeSessionKey({ id: 'k1', publicKey }, device)
  const envelope = await sealEnvelope(session, device, { id, seq: 4 }, { payload: 'cA', sig: 's' })
  const openKey = (aad: string) =>
    suite.open(
      {
        recipientKey: pair.privateKey,
        enc: fromBase64url(envelope.enc),
        info: text.encode(sessionKeyInfo)
      },
      fromBase64url(envelope.sealedKey),
      text.encode(aad)
    )
  const openWith = async (aad: string, ciphertext = fromBase64url(envelope.ciphertext)) => {
    const raw = await openKey(device)
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
    const iv = fromBase64url(envelope.nonce)
    const algorithm = { name: 'AES-GCM', iv, additionalData: text.encode(aad) }
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, ciphertext))
  }
  return { envelope, session, openKey, openWith }
}

test('the server opens what is sealed to it, padded to a step of 256 bytes', async () => {
  const { openWith } = await sealed()
  const plain = await openWith(envelopeAad(device, id, 4))
  expect(plain.length % 256).toBe(0)
  expect(JSON.parse(new TextDecoder().decode(plain))).toEqual({ payload: 'cA', sig: 's' })
})

test('nobody else does, nor under another number or another device', async () => {
  const { session, openKey, openWith, envelope } = await sealed()
  await expect(openKey('019a9b2c-0000-7000-8000-0000000000d2')).rejects.toThrow()
  await expect(openWith(envelopeAad(device, id, 5))).rejects.toThrow()
  const iv = fromBase64url(envelope.nonce)
  const opening = crypto.subtle.decrypt({ name: 'AES-GCM', iv }, session.key, new Uint8Array(32))
  // The tablet itself cannot: this key seals only.
  await expect(opening).rejects.toThrow()
})

test('a bit flipped anywhere and it does not open', async () => {
  const { envelope, openWith } = await sealed()
  const whole = fromBase64url(envelope.ciphertext)
  for (let bit = 0; bit < whole.length * 8; bit += 7) {
    const flipped = whole.slice()
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    await expect(openWith(envelopeAad(device, id, 4), flipped)).rejects.toThrow()
  }
})
