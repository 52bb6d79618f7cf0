import { documentLimits } from '#contract/document.ts'

/** A piece of a page's bytes, numbered from 1. */
export interface Cut {
  readonly part: number
  readonly parts: number
  readonly from: number
  readonly to: number
}

/** Pieces that together are the page: none too large, none empty, each byte in exactly one. */
export function cutsOf(length: number, most: number = documentLimits.partBytes): Cut[] {
  const parts = Math.ceil(length / most)
  return Array.from({ length: parts }, (_, index) => ({
    part: index + 1,
    parts,
    from: index * most,
    to: Math.min(length, (index + 1) * most)
  }))
}
