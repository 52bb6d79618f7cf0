import type { Document } from '#contract/document.ts'

/** It would end before it begins. */
export function isUpsideDown({
  validFrom,
  validUntil
}: Pick<Document, 'validFrom' | 'validUntil'>): boolean {
  return validFrom !== undefined && validUntil !== undefined && validUntil < validFrom
}
