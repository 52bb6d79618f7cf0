import {
  platformAuthenticatorIsAvailable,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON
} from '@simplewebauthn/browser'
import { fromBase64url, toBase64url } from './base64url.ts'
import { hasPasskeys } from './has-passkeys.ts'

/**
 * A passkey of this person: what it answers to the server, and what it alone can derive for this
 * device (WebAuthn L3 § 10.1.4, PRF). The derived secret is taken out of the answer before anybody
 * can send it anywhere.
 */
export interface Touched<Answer> {
  /** Without any result of an extension. */
  readonly answer: Answer
  /** The credential's id, base64url. */
  readonly credential: string
  /** 32 bytes; null where the authenticator, or the browser, has no PRF. */
  readonly secret: Uint8Array<ArrayBuffer> | null
}

/** `refused`: the person, or their authenticator, said no, or nobody answered in time. */
export type PasskeyFault = 'refused' | 'known' | 'unsupported'

/** One for all: PRF answers differ by credential, and every wrapping has a salt of its own. */
const prfInput = new TextEncoder().encode('kotikaynti/prf/1')

/** Whether this very device can recognise its owner. */
export async function recognisesOwner(): Promise<boolean> {
  return hasPasskeys() && (await platformAuthenticatorIsAvailable())
}

export async function createPasskey(
  options: PublicKeyCredentialCreationOptionsJSON
): Promise<Touched<RegistrationResponseJSON> | PasskeyFault> {
  return touched(() => startRegistration({ optionsJSON: withPrf(options) }))
}

/** Asks the server's question: whoever answers is signed in. */
export async function answerPasskey(
  options: PublicKeyCredentialRequestOptionsJSON
): Promise<Touched<AuthenticationResponseJSON> | PasskeyFault> {
  return touched(() => startAuthentication({ optionsJSON: withPrf(options) }))
}

/**
 * Asks for the secret alone, without a network: of one credential, for some platforms break on more.
 * Null: of whichever the authenticator has for us.
 */
export async function touchPasskey(
  credential: string | null
): Promise<Touched<AuthenticationResponseJSON> | PasskeyFault> {
  return answerPasskey({
    challenge: toBase64url(crypto.getRandomValues(new Uint8Array(32))),
    rpId: location.hostname,
    userVerification: 'required',
    allowCredentials: credential === null ? [] : [{ id: credential, type: 'public-key' }]
  })
}

/** The library hands extensions on as they are: bytes here, though its type speaks of JSON. */
function withPrf<T extends { readonly extensions?: object }>(options: T): T {
  return { ...options, extensions: { ...options.extensions, prf: { eval: { first: prfInput } } } }
}

async function touched<T extends RegistrationResponseJSON | AuthenticationResponseJSON>(
  ceremony: () => Promise<T>
): Promise<Touched<T> | PasskeyFault> {
  if (!hasPasskeys()) return 'unsupported'
  try {
    const { clientExtensionResults, ...answer } = await ceremony()
    return {
      answer: { ...answer, clientExtensionResults: {} } as unknown as T,
      credential: answer.id,
      secret: prfResultIn(clientExtensionResults)
    }
  } catch (error) {
    return faultOf(error)
  }
}

function prfResultIn(results: object): Uint8Array<ArrayBuffer> | null {
  const prf = 'prf' in results ? results.prf : undefined
  const first = (prf as { results?: { first?: unknown } } | undefined)?.results?.first
  if (typeof first === 'string') return fromBase64url(first)
  if (ArrayBuffer.isView(first))
    return new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength).slice()
  return first instanceof ArrayBuffer ? new Uint8Array(first.slice(0)) : null
}

function faultOf(error: unknown): PasskeyFault {
  const code = error instanceof WebAuthnError ? error.code : null
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'known'
  const name = error instanceof Error ? error.name : ''
  return name === 'NotSupportedError' || name === 'ConstraintError' ? 'unsupported' : 'refused'
}
