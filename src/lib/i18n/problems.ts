import type { OutcomeCode } from '#contract/outcome.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { MessageKey } from './say.ts'

/** Every code that the server or the network can give. */
type TroubleCode = ProblemCode | OutcomeCode | 'offline' | 'not-ours'

type Tone = 'calm' | 'alert'

const toneOf = {
  malformed: 'alert',
  protocol: 'alert',
  'unknown-property': 'alert',
  'wrong-credentials': 'alert',
  'not-signed-in': 'calm',
  'other-user': 'calm',
  'not-allowed': 'calm',
  pending: 'calm',
  'sign-in-again': 'calm',
  'cross-origin': 'alert',
  'device-revoked': 'alert',
  'not-found': 'calm',
  'wrong-method': 'alert',
  conflict: 'calm',
  'send-have': 'calm',
  'something-open': 'calm',
  'needs-reason': 'calm',
  'needs-purpose': 'calm',
  restricted: 'calm',
  'too-large': 'alert',
  'not-json': 'alert',
  invalid: 'calm',
  'identity-code': 'alert',
  'too-many': 'calm',
  internal: 'alert',
  'store-unavailable': 'alert',
  starting: 'calm',
  forked: 'calm',
  late: 'calm',
  'outside-assignment': 'calm',
  'customership-closed': 'calm',
  unsigned: 'calm',
  'waits-for': 'calm',
  'unknown-key': 'calm',
  'not-author': 'alert',
  'cannot-open': 'alert',
  'customership-deleted': 'calm',
  'id-reused': 'alert',
  'newer-than-server': 'calm',
  'try-again': 'calm',
  returned: 'alert',
  declined: 'alert',
  offline: 'calm',
  'not-ours': 'calm'
} as const satisfies Record<TroubleCode, Tone>

type ProblemKey = Extract<MessageKey, `problem.${string}`>

interface ProblemWords {
  readonly tone: Tone
  readonly title: ProblemKey | 'outbox-state.awaiting-decision'
  /** What to do now. */
  readonly action: ProblemKey
}

function isKnown(code: string): code is TroubleCode {
  return Object.hasOwn(toneOf, code)
}

/** What happened and what to do. A code that a newer server made up is shown as one for the office to decide. */
export function problemWords(code: string): ProblemWords {
  if (!isKnown(code)) {
    return { tone: 'calm', title: 'outbox-state.awaiting-decision', action: 'problem.late.action' }
  }
  return {
    tone: toneOf[code],
    title: `problem.${code}.title`,
    action: `problem.${code}.action`
  }
}
