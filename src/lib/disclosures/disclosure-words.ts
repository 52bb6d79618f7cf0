import type { DisclosureLine } from '#contract/disclosure.ts'
import { say } from '#lib/i18n/say.ts'

/** An organiser by its name; the client; or an organiser that nobody can name. */
export function recipientWords({
  recipient,
  recipientName
}: Pick<DisclosureLine, 'recipient' | 'recipientName'>): string {
  if (recipientName !== '') return recipientName
  if (recipient === 'client' || recipient === 'guardian')
    return say(`disclosures.recipient.${recipient}`)
  return say('disclosures.organiser')
}

/** Enough of a hash to compare by eye. */
export const fingerprintShown = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}…`
