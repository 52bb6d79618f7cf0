import { unlockText } from '#contract/envelope.ts'
import {
  challengeAnswerSchema,
  sessionAnswerSchema,
  type SessionAnswer
} from '#contract/session.ts'
import { api, type Answer } from '#lib/http/api.ts'
import type { OpenVault } from './open-vault.ts'

/** Whoever opened the vault need not type a password too: the device's key answers for its user. */
export async function renewSession(vault: OpenVault): Promise<Answer<SessionAnswer>> {
  const { device } = vault
  const options = await api(
    'POST',
    '/api/session/unlock/options',
    { device },
    challengeAnswerSchema
  )
  if (!options.ok) return options
  const { challenge } = options.data
  const sig = await vault.sign(unlockText(device, challenge))
  const body = { device, challenge, sig }
  return api('POST', '/api/session/unlock', body, sessionAnswerSchema)
}
