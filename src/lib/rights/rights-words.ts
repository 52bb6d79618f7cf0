import type { RightsLine } from '#contract/rights-request.ts'
import { say } from '#lib/i18n/say.ts'

/** Whose request it is, as far as whoever reads it may know. */
export function whoseWords({ clientName, customership, isDeleted }: RightsLine): string {
  if (clientName !== null) return clientName
  if (customership === null) return say('rights.noClient')
  return say(isDeleted ? 'disclosures.deleted' : 'disclosures.unnamed')
}
