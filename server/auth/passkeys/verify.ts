import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON
} from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import type { Assertion, PasskeyRequest } from '#contract/passkey.ts'
import type { StoredPasskey } from '#server/store/passkeys.ts'
import { handleOf, type Party } from './question.ts'

/** Whether the challenge that was answered is an open one, asked by us of this browser; then it is spent. */
export type Spend = (challenge: string) => Promise<boolean>

/** Null: not what was asked for. Why is for nobody: the library's words hold what was sent. */
async function orNothing<T>(verification: () => Promise<T>): Promise<T | null> {
  try {
    return await verification()
  } catch {
    return null
  }
}

type Created = Pick<StoredPasskey, 'credential' | 'publicKey' | 'counter' | 'backedUp'>

/** WebAuthn L3 § 7.1. */
export async function verifyCreation(
  response: PasskeyRequest['response'],
  { origin, rpId }: Party,
  spend: Spend
): Promise<Created | null> {
  const verified = await orNothing(() =>
    verifyRegistrationResponse({
      response: withoutCertificates(response) as RegistrationResponseJSON,
      expectedChallenge: spend,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true
    })
  )
  if (!verified?.verified) return null
  const { credential, credentialBackedUp } = verified.registrationInfo
  return {
    credential: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    backedUp: credentialBackedUp
  }
}

/** We ask for no attestation. Whoever sends one could make the server ask the addresses that its certificates name. */
function withoutCertificates(response: PasskeyRequest['response']): PasskeyRequest['response'] {
  const bytes = new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url'))
  const attestation = decodeAttestationObject(bytes)
  const format = attestation.get('fmt')
  const isOwn = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined
  if (format !== 'none' && !isOwn) throw new Error('an attestation that nobody asked for')
  return response
}

/** WebAuthn L3 § 7.2: its signature, its owner, its counter; a copy that lags behind is refused. */
export async function verifyAssertion(
  response: Assertion,
  passkey: StoredPasskey,
  { origin, rpId }: Party,
  spend: Spend
): Promise<{ counter: number; backedUp: boolean } | null> {
  const verified = await orNothing(() =>
    verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: spend,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: {
        id: passkey.credential,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter
      },
      requireUserVerification: true
    })
  )
  if (!verified?.verified || !isOwner(response, passkey)) return null
  const { newCounter: counter, credentialBackedUp: backedUp } = verified.authenticationInfo
  return { counter, backedUp }
}

/** § 7.2 step 6: nobody was named when we asked, so the answer must name its owner. */
function isOwner({ response: { userHandle } }: Assertion, { user }: StoredPasskey): boolean {
  return userHandle === Buffer.from(handleOf(user)).toString('base64url')
}
