import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { passkeyIdSchema } from './id.ts'
import { base64urlSchema, saidSchema } from './text.ts'

/** WebAuthn L3 § 5.1: the credential's own id, at most 1023 bytes. */
const credentialSchema = base64urlSchema(1364).check(z.minLength(1))
const bytesSchema = base64urlSchema(20_000).check(z.minLength(1))

/**
 * What every answer of an authenticator has. The results of its extensions stay with the client:
 * what PRF derives opens a vault, and a server that took it would hold what it must never hold.
 */
const answered = {
  id: credentialSchema,
  rawId: credentialSchema,
  type: z.literal('public-key'),
  authenticatorAttachment: z.optional(z.enum(['platform', 'cross-platform'])),
  clientExtensionResults: z.strictObject({})
}

const registrationSchema = z.strictObject({
  ...answered,
  response: z.strictObject({
    clientDataJSON: bytesSchema,
    attestationObject: bytesSchema,
    authenticatorData: z.optional(bytesSchema),
    transports: z.optional(
      z.array(z.string().check(z.regex(/^[a-z-]{1,20}$/))).check(z.maxLength(10))
    ),
    publicKeyAlgorithm: z.optional(z.int()),
    publicKey: z.optional(bytesSchema)
  })
})

const assertionSchema = z.strictObject({
  ...answered,
  response: z.strictObject({
    clientDataJSON: bytesSchema,
    authenticatorData: bytesSchema,
    signature: bytesSchema,
    userHandle: z.optional(base64urlSchema(100))
  })
})
export type Assertion = z.infer<typeof assertionSchema>

/** `POST /api/session/passkey/options` and `POST /api/passkeys/options`: nothing is told in them. */
export const passkeyOptionsRequestSchema = z.strictObject({})

/** WebAuthn L3 § 5.5. Without a list of credentials whoever holds one of ours may answer. */
export const passkeyQuestionSchema = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required')
})

/** `POST /api/session/passkey`. */
export const passkeySignInRequestSchema = z.strictObject({ response: assertionSchema })

/** WebAuthn L3 § 5.4. */
export const passkeyCreationSchema = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(z.object({ type: z.literal('public-key'), id: z.string() })),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required')
  })
})

/** `POST /api/passkeys`. */
export const passkeyRequestSchema = z.strictObject({
  name: saidSchema(60),
  response: registrationSchema
})
export type PasskeyRequest = z.infer<typeof passkeyRequestSchema>

/** A passkey as its owner sees it. */
export const passkeySchema = z.object({
  id: passkeyIdSchema,
  /** By which the device knows which of its ways to unlock is this one. */
  credential: z.string(),
  name: z.string(),
  createdAt: momentSchema,
  lastUsedAt: z.nullable(momentSchema),
  /** Kept by the platform beyond this device as well. */
  backedUp: z.boolean()
})
export type Passkey = z.infer<typeof passkeySchema>
export const passkeyAnswerSchema = z.object({ passkey: passkeySchema })
export const passkeyListSchema = z.object({ passkeys: z.array(passkeySchema) })
