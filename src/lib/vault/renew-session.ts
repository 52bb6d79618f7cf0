import { unlockText } from '#contract/envelope.ts'
import type { ProblemCode } from '#contract/problem.ts'
import { challengeAnswerSchema, sessionAnswerSchema } from '#contract/session.ts'
import { api } from '#lib/http/api.ts'
import type { OpenVault } from './open-vault.ts'

/** Whoever opened the vault need not type a password too: the device's key answers for its user. */
export async function renewSession(vault: OpenVault): Promise<'renewed' | 'away' | ProblemCode> {
  const { device } = vault
  const options = await api(
    'POST',
    '/api/session/unlock/options',
    { device },
    challengeAnswerSchema
  )
  if (!options.ok) return 'problem' in options ? options.problem.code : 'away'
  const { challenge } = options.data
  const sig = await vault.sign(unlockText(device, challenge))
  const answer = await api(
    'POST',
    '/api/session/unlock',
    { device, challenge, sig },
    sessionAnswerSchema
  )
  if (!answer.ok) return 'problem' in answer ? answer.problem.code : 'away'
  return 'renewed'
}
