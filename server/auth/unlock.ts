import { unlockText } from '#contract/envelope.ts'
import { verifySignature } from '#server/keys/envelope.ts'
import type { Device } from '#server/store/devices.ts'
import type { Challenges } from './challenges.ts'

/**
 * Who could unlock the tablet and has its signing key needs no password: until sign-out,
 * revocation, a changed password or 14 days.
 */
export async function mayUnlock(
  device: Device,
  challenges: Challenges,
  request: { challenge: string; sig: string },
  now: number
): Promise<'yes' | 'revoked' | 'sign-in' | 'wrong'> {
  const isFresh = await challenges.spend(request.challenge, device.id, now)
  if (device.revokedAt !== null) return 'revoked'
  if (device.unlockUntil === null || now >= device.unlockUntil) return 'sign-in'
  const text = unlockText(device.id, request.challenge)
  return isFresh && (await verifySignature(device.signingKey, text, request.sig)) ? 'yes' : 'wrong'
}
