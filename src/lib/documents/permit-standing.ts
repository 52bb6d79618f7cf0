import type { Day } from '#contract/day.ts'
import { isPermitValid, permitTypes, type Document } from '#contract/document.ts'
import type { Entry } from '#contract/entry.ts'

export type PermitStanding = 'valid' | 'not-yet' | 'over'

export const isPermit = ({ type }: Pick<Document, 'type'>): boolean =>
  permitTypes.some((permit) => permit === type)

/** §12: whether the permit may be relied on that day; null for what is no permit. */
export function standingOf(document: Document, day: Day): PermitStanding | null {
  if (!isPermit(document)) return null
  if (isPermitValid(document, day)) return 'valid'
  return document.validFrom && day < document.validFrom ? 'not-yet' : 'over'
}

const orderOf = { valid: 0, 'not-yet': 1, over: 2 } as const

/** Permits first, and of them those that hold today; then the newest. */
export function shownDocuments(
  documents: readonly Entry<'document'>[],
  day: Day
): Entry<'document'>[] {
  const rank = ({ data }: Entry<'document'>): number => {
    const standing = standingOf(data, day)
    return standing === null ? 3 : orderOf[standing]
  }
  return documents
    .filter(({ data }) => !data.removed)
    .sort((a, b) => rank(a) - rank(b) || b.data.addedAt.localeCompare(a.data.addedAt))
}
