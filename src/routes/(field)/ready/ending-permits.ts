import { addDays, type Day } from '#contract/day.ts'
import type { Document, DocumentType } from '#contract/document.ts'
import { isPermit } from '#lib/documents/permit-standing.ts'

/** How early a renewal is asked for, and how long an ended permit is still worth telling. */
const daysAhead = 14
const daysBack = 30

/**
 * Of each kind of permit the one that holds longest, when it is over or soon will be (§12). One that
 * was renewed in time is not told, nor one without a last day.
 */
export function endingPermits(
  documents: readonly Document[],
  today: Day
): { readonly type: DocumentType; readonly until: Day }[] {
  const longest = new Map<DocumentType, Day | null>()
  for (const document of documents) {
    if (document.removed || !isPermit(document)) continue
    const until = document.validUntil ?? null
    const known = longest.get(document.type)
    if (known === undefined || (known !== null && (until === null || until > known)))
      longest.set(document.type, until)
  }
  const [from, to] = [addDays(today, -daysBack), addDays(today, daysAhead)]
  return [...longest].flatMap(([type, until]) =>
    until !== null && from <= until && until <= to ? [{ type, until }] : []
  )
}
