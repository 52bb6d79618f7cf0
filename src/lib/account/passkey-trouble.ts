import type { ProblemCode } from '#contract/problem.ts'
import type { PasskeyFault } from '#lib/device/passkey.ts'
import { problemWords } from '#lib/i18n/problems.ts'
import { say } from '#lib/i18n/say.ts'

/** `unknown`: the server knows no such passkey. `many`: it keeps no more of one person. */
export type PasskeyTrouble = ProblemCode | PasskeyFault | 'away' | 'unknown' | 'many'

const own = ['refused', 'known', 'unsupported', 'unknown', 'many'] as const

/** What happened and what to do, for a banner. */
export function passkeyTroubleWords(trouble: PasskeyTrouble): {
  tone: 'calm' | 'alert'
  title: string
  more: string
} {
  const fault = own.find((one) => one === trouble)
  if (fault)
    return {
      tone: 'calm',
      title: say(`account.fault.${fault}`),
      more: say(`account.fault.${fault}-more`)
    }
  const { tone, title, action } = problemWords(trouble === 'away' ? 'offline' : trouble)
  return { tone, title: say(title), more: say(action) }
}
