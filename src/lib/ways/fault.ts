import type { ProblemCode } from '#contract/problem.ts'
import type { PasskeyFault } from '#lib/device/passkey.ts'
import { problemWords } from '#lib/i18n/problems.ts'
import { say } from '#lib/i18n/say.ts'
import type { WayOutcome } from '#lib/vault/change-ways.ts'

/** What keeps a way from being used or changed, as it is told to a person. */
export type WayFault =
  | PasskeyFault
  | Exclude<WayOutcome, 'done'>
  | 'no-secret'
  | 'other-passkey'
  | 'password'
  | 'failed'
  | 'away'

export type WayTrouble = WayFault | ProblemCode

const told: readonly WayFault[] = [
  ...(['refused', 'known', 'unsupported', 'no-secret', 'other-passkey', 'disagree'] as const),
  ...(['wrong', 'wait', 'full', 'too-long', 'last', 'password', 'failed', 'away'] as const)
]

const isFault = (trouble: WayTrouble): trouble is WayFault =>
  (told as readonly string[]).includes(trouble)

export function wayTroubleWords(trouble: WayTrouble): { title: string; more: string } {
  if (isFault(trouble))
    return { title: say(`ways.fault.${trouble}`), more: say(`ways.fault.${trouble}-more`) }
  const { title, action } = problemWords(trouble)
  return { title: say(title), more: say(action) }
}
