import { daysBetween, type Day } from '#contract/day.ts'
import type { Document } from '#contract/document.ts'

/** Said ahead, so that a new permit can be asked for in time. */
const warningDays = 30

/** How a document stands on a day. `always`: nobody said until when. */
export type Validity =
  | { readonly is: 'always' }
  | { readonly is: 'begins' | 'valid' | 'expired'; readonly day: Day }
  | { readonly is: 'expires'; readonly day: Day; readonly inDays: number }

export function validityOf(
  { validFrom, validUntil }: Pick<Document, 'validFrom' | 'validUntil'>,
  today: Day
): Validity {
  if (validUntil && validUntil < today) return { is: 'expired', day: validUntil }
  if (validFrom && today < validFrom) return { is: 'begins', day: validFrom }
  if (!validUntil) return { is: 'always' }
  const inDays = daysBetween(today, validUntil)
  return inDays <= warningDays
    ? { is: 'expires', day: validUntil, inDays }
    : { is: 'valid', day: validUntil }
}
