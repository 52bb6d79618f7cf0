import type { DisclosureLine } from '#contract/disclosure.ts'
import { say } from '#lib/i18n/say.ts'

/** An organiser by its name; the client; or an organiser that nobody can name. */
export function recipientWords({
  recipient,
  recipientName
}: Pick<DisclosureLine, 'recipient' | 'recipientName'>): string {
  if (recipientName !== '') return recipientName
  return say(recipient === 'client' ? 'disclosures.recipient.client' : 'disclosures.organiser')
}

/** Enough of a hash to compare by eye. */
export const fingerprintShown = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}…`
