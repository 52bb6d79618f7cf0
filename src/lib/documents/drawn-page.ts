import type { Document } from '#contract/document.ts'

/**
 * A page as pixels and nothing else: whatever it came from (a camera, a picture, a PDF), no maker's
 * marks, no words and no scripts are left of it.
 */
export interface DrawnPage {
  readonly id: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** A page as it is kept: turned, and what had to be covered is black in its pixels. */
export interface EditedPage {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mediaType: 'image/jpeg'
  readonly sha256: string
}

export interface EditedPages {
  readonly pages: readonly EditedPage[]
  readonly identityCode: Document['identityCode']
}

/** About 200 dots an inch of an A4: small print and stamps stay readable. */
export const longestSidePixels = 2200
/** A file that is larger, or says that it unpacks to more, is not opened at all. */
export const fileLimits = { bytes: 25 * 1024 * 1024, pixels: 100_000_000 } as const

/** Why a file is not taken. */
export type FileRefusal =
  'not-a-picture' | 'too-large' | 'too-many-pages' | 'broken' | 'locked' | 'active'

/** So large that the longer side is what is allowed; never larger than it was. */
export function fitted(
  width: number,
  height: number,
  longest = longestSidePixels
): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale))
  }
}
