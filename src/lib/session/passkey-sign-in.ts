import type { ProblemCode } from '#contract/problem.ts'
import { passkeyQuestionSchema } from '#contract/passkey.ts'
import { sessionAnswerSchema, type SessionAnswer } from '#contract/session.ts'
import { answerPasskey, type PasskeyFault } from '#lib/device/passkey.ts'
import { api, type Failure } from '#lib/http/api.ts'

/** One touch: who the server lets in, and what the same touch can open on this device. */
export interface Entered {
  readonly entered: SessionAnswer
  /** The credential's id, base64url. */
  readonly credential: string
  /** Never sent anywhere; null where the authenticator cannot derive one. */
  readonly secret: Uint8Array<ArrayBuffer> | null
}

export interface NotEntered {
  readonly trouble: ProblemCode | PasskeyFault | 'away'
  readonly retryAfterSeconds: number | null
}

/** Whose passkey it is, the passkey says: no user name is asked. The session is the caller's to enter. */
export async function signInByPasskey(): Promise<Entered | NotEntered> {
  const question = await api('POST', '/api/session/passkey/options', {}, passkeyQuestionSchema)
  if (!question.ok) return notEntered(question)
  const touched = await answerPasskey(question.data)
  if (typeof touched === 'string') return { trouble: touched, retryAfterSeconds: null }
  const body = { response: touched.answer }
  const answer = await api('POST', '/api/session/passkey', body, sessionAnswerSchema)
  if (!answer.ok) return notEntered(answer)
  return { entered: answer.data, credential: touched.credential, secret: touched.secret }
}

function notEntered(failure: Failure): NotEntered {
  if ('away' in failure) return { trouble: 'away', retryAfterSeconds: null }
  return {
    trouble: failure.problem.code,
    retryAfterSeconds: failure.retryAfterSeconds ?? null
  }
}
