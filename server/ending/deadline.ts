import type { HandOver } from '#contract/certificate.ts'
import { isStanding, type ClosingRecord } from '#contract/closing.ts'
import type { Day } from '#contract/day.ts'

/** How a deletion stands to the organiser's record, as the certificate tells it. */
export function handOverOf(
  record: Pick<ClosingRecord, 'receipt'>,
  controllers: { readonly organiser: boolean }
): HandOver {
  if (!controllers.organiser) return 'not-needed'
  return record.receipt ? 'confirmed' : 'unconfirmed'
}

/**
 * §7: what happens to a customership whose deadline has come. A standing hold keeps it, and so does a
 * restriction: whoever asked for it may need what would be gone (§13, GDPR Art. 18(1)). Without the
 * organiser's receipt the server itself sets a hold first, once: the deadline forces the hand-over to
 * happen, not the loss of an official record. It decides and does nothing.
 */
export function atDeadline(
  record: Pick<ClosingRecord, 'receipt' | 'holds'>,
  controllers: { readonly organiser: boolean },
  today: Day,
  isRestricted = false
): 'keep' | 'hold' | 'delete' {
  if (isRestricted) return 'keep'
  if (record.holds.some((hold) => isStanding(hold, today))) return 'keep'
  const wasHeld = record.holds.some(({ ground }) => ground === 'unconfirmed-hand-over')
  return handOverOf(record, controllers) === 'unconfirmed' && !wasHeld ? 'hold' : 'delete'
}
