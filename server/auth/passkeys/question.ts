import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import type * as z from 'zod/mini'
import type { UserId } from '#contract/id.ts'
import { passkeyCreationSchema, passkeyQuestionSchema } from '#contract/passkey.ts'
import type { StoredPasskey } from '#server/store/passkeys.ts'

/** As long as the challenge lives. */
const timeout = 5 * 60_000
/** The algorithms that authenticators really have: EdDSA, ES256, RS256 (COSE, RFC 9053). */
const algorithms = [-8, -7, -257]

/** Who a page's passkeys belong to: the host that the page came from, and none above it. */
export interface Party {
  readonly origin: string
  readonly rpId: string
}

export const partyAt = (origin: string): Party => ({ origin, rpId: new URL(origin).hostname })

/** Random, tells nothing of the person (WebAuthn L3 § 14.6.1), and is what an answer names them by. */
export const handleOf = (user: UserId): Uint8Array<ArrayBuffer> => new TextEncoder().encode(user)

/** Without naming anybody: whoever holds a passkey of ours may answer. */
export async function question(
  challenge: string,
  { rpId }: Party
): Promise<z.infer<typeof passkeyQuestionSchema>> {
  const userVerification = 'required'
  const asked = { challenge: bytesOf(challenge), rpID: rpId, timeout, userVerification } as const
  return passkeyQuestionSchema.parse(await generateAuthenticationOptions(asked))
}

/** One passkey for each authenticator: those that hold one of this user's already say so. */
export async function creation(
  challenge: string,
  { rpId }: Party,
  user: { id: UserId; username: string; displayName: string },
  held: readonly StoredPasskey[]
): Promise<z.infer<typeof passkeyCreationSchema>> {
  const options = await generateRegistrationOptions({
    challenge: bytesOf(challenge),
    rpID: rpId,
    rpName: 'Kotikäynti',
    userID: handleOf(user.id),
    userName: user.username,
    userDisplayName: user.displayName,
    timeout,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: held.map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
  })
  return passkeyCreationSchema.parse(options)
}

const bytesOf = (challenge: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(challenge, 'base64url'))
