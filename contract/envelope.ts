import * as z from 'zod/mini'
import { operationIdSchema } from './id.ts'
import { base64urlSchema } from './text.ts'

/** HPKE (RFC 9180) base mode, single shot, of the session key; `aad` is the device id in UTF-8. */
export const sessionKeyInfo = 'kotikaynti/session-key/1'

/** The plaintext is padded with trailing spaces to a multiple of this. */
export const paddingBytes = 256

export const envelopeAad = (device: string, id: string, seq: number): string =>
  `${device}/${id}/${seq}`

/** What the device's key signs; `payload` is the base64url text. */
export const signedText = (device: string, id: string, seq: number, payload: string): string =>
  `kotikaynti/operation/1\n${device}\n${id}\n${seq}\n${payload}`

export const unlockText = (device: string, challenge: string): string =>
  `kotikaynti/unlock/1\n${device}\n${challenge}`

/** Only these two must be readable for a request to be answered at all. */
export const envelopeHeadSchema = z.looseObject({
  id: operationIdSchema,
  seq: z.int().check(z.minimum(1))
})

/** Unknown properties are ignored, so that a newer tablet can deliver. */
export const envelopeSchema = z.object({
  id: operationIdSchema,
  seq: z.int().check(z.minimum(1)),
  key: base64urlSchema(100),
  enc: base64urlSchema(200),
  sealedKey: base64urlSchema(200),
  nonce: base64urlSchema(40),
  ciphertext: base64urlSchema(900_000)
})
export type Envelope = z.infer<typeof envelopeSchema>

/** What lies inside the ciphertext. */
export const signedPayloadSchema = z.object({
  payload: base64urlSchema(900_000),
  sig: base64urlSchema(200)
})
export type SignedPayload = z.infer<typeof signedPayloadSchema>
