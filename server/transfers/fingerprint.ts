import { claimText } from '#contract/claim.ts'
import type { LedgerLine } from '#contract/ledger.ts'
import { digestOf } from '#server/keys/digest.ts'

/** What a line says to its portal, as one short text: the same event has the same one, in whichever file it is. */
export function fingerprintOf({
  channel,
  organiser,
  visit,
  claim
}: Pick<LedgerLine, 'channel' | 'organiser' | 'visit' | 'claim'>): string {
  return digestOf([channel, organiser, visit, claimText(claim)].join('\n'))
}
