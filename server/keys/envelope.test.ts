import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { envelopeAad, signedText, type Envelope } from '#contract/envelope.ts'
import { deviceIdSchema, operationIdSchema } from '#contract/id.ts'
import type { KeyStore } from './key-store.ts'
import { isSigningKey, openEnvelope, verifyOperation } from './envelope.ts'

const device = deviceIdSchema.parse('01999999-9999-7999-8999-999999999999')
const id = operationIdSchema.parse('11111111-1111-4111-8111-111111111111')
const sessionKey = randomBytes(32)
const keyStore = {
  openSessionKey: (envelope: { key: string }) =>
    Promise.resolve(envelope.key === 'k1' ? sessionKey : 'unknown-key')
} as unknown as KeyStore

function seal(text: string, aad = envelopeAad(device, id, 7), nonceBytes = 12): Envelope {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', sessionKey, nonce).setAAD(Buffer.from(aad))
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
  return {
    id,
    seq: 7,
    key: 'k1',
    enc: 'AA',
    sealedKey: 'AA',
    nonce: nonce.toString('base64url'),
    ciphertext: ciphertext.toString('base64url')
  }
}

const inside = `${JSON.stringify({ payload: 'e30', sig: 'c2ln' })}${' '.repeat(40)}`

test('an envelope opens for its own device, id and number only', async () => {
  expect(await openEnvelope(keyStore, device, seal(inside))).toEqual({ payload: 'e30', sig: 'c2ln' })
  const moved = seal(inside, envelopeAad(device, id, 8))
  expect(await openEnvelope(keyStore, device, moved)).toBe('cannot-open')
  const strange = { ...seal(inside), key: 'k2' }
  expect(await openEnvelope(keyStore, device, strange)).toBe('unknown-key')
})

test.each([
  ['no JSON', () => seal('hei')],
  ['not the shape', () => seal('{"payload":1}')],
  ['a nonce that is not 96 bits', () => seal(inside, undefined, 16)],
  ['no ciphertext', () => ({ ...seal(inside), ciphertext: 'AAAA' })]
])('%s cannot be opened, and does no harm', async (_, make) => {
  expect(await openEnvelope(keyStore, device, make())).toBe('cannot-open')
})

test('an operation is its device’s own when the signature covers all of it', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url')
  ]).toString('base64url')
  const sig = sign('sha256', Buffer.from(signedText(device, id, 7, 'e30')), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363'
  }).toString('base64url')
  expect(await verifyOperation(point, device, id, 7, 'e30', sig)).toBe(true)
  expect(await verifyOperation(point, device, id, 8, 'e30', sig)).toBe(false)
  expect(await verifyOperation(point, device, id, 7, 'e31', sig)).toBe(false)
  expect(await verifyOperation(point, device, id, 7, 'e30', sig.slice(2))).toBe(false)
  expect(await verifyOperation('AAAA', device, id, 7, 'e30', sig)).toBe(false)
  expect(isSigningKey(point)).toBe(true)
  expect(isSigningKey(Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url'))).toBe(
    false
  )
})
