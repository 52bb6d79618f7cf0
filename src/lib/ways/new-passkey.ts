import { passkeyAnswerSchema, passkeyCreationSchema } from '#contract/passkey.ts'
import { createPasskey, touchPasskey } from '#lib/device/passkey.ts'
import { api, type Failure } from '#lib/http/api.ts'
import type { WayTrouble } from './fault.ts'

/** A passkey that the server knows and that derives the same secret twice, as far as it says. */
export interface NewPasskey {
  readonly credential: string
  readonly secret: Uint8Array<ArrayBuffer>
  readonly secretAgain: Uint8Array<ArrayBuffer>
}

/**
 * Made for signing in as well. Where this device has one of ours already, that one is taken.
 * SECURITY 3: whatever it derived when it was made, two gets must agree.
 */
export async function newPasskey(name: string): Promise<NewPasskey | WayTrouble> {
  const options = await api('POST', '/api/passkeys/options', {}, passkeyCreationSchema)
  if (!options.ok) return troubleIn(options)
  const made = await createPasskey(options.data)
  if (made === 'known') return touchedTwice(null)
  if (typeof made === 'string') return made
  const body = { name, response: made.answer }
  const answer = await api('POST', '/api/passkeys', body, passkeyAnswerSchema)
  return answer.ok ? touchedTwice(made.credential) : troubleIn(answer)
}

async function touchedTwice(wanted: string | null): Promise<NewPasskey | WayTrouble> {
  const first = await touchPasskey(wanted)
  if (typeof first === 'string') return first
  if (!first.secret) return 'no-secret'
  const { credential, secret } = first
  const second = await touchPasskey(credential)
  if (typeof second === 'string') return second
  return second.secret ? { credential, secret, secretAgain: second.secret } : 'no-secret'
}

const troubleIn = (failure: Failure): WayTrouble =>
  'away' in failure ? 'away' : failure.problem.code
