import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import type { Day } from './day.ts'
import { entryIdSchema, userIdSchema } from './id.ts'
import { base64urlSchema, saidSchema } from './text.ts'

/** §12: the four papers that are scanned and kept for the duration of the customership. */
export const documentTypeSchema = z.enum([
  'payment-commitment',
  'home-service-contract',
  'medication-permit',
  'transport-permit'
])
export type DocumentType = z.infer<typeof documentTypeSchema>
export const permitTypes = ['medication-permit', 'transport-permit'] as const

export const pageMediaTypeSchema = z.enum(['image/jpeg', 'image/png'])
export const documentLimits = { pages: 60, pageBytes: 6_000_000, partBytes: 256 * 1024 } as const

export const pageNumberSchema = z.int().check(z.minimum(1), z.maximum(documentLimits.pages))
/** SHA-256 of the page's bytes, base64url. */
const pageDigestSchema = base64urlSchema(43).check(z.minLength(43))

/** Pages are pictures: whatever was scanned, photographed or given as a file is drawn to pixels before it is sealed. */
export const documentPageSchema = z.strictObject({
  page: pageNumberSchema,
  sha256: pageDigestSchema,
  mediaType: pageMediaTypeSchema
})
export type DocumentPage = z.infer<typeof documentPageSchema>

/** §12: the life of the paper original. `none`: there never was a paper. */
export const originalStateSchema = z.enum([
  'none',
  'with-worker',
  'at-office',
  'destroyed',
  'returned'
])
export const originalEventSchema = z.strictObject({
  state: originalStateSchema,
  by: userIdSchema,
  at: momentSchema,
  note: z.optional(saidSchema(300))
})
export type OriginalEvent = z.infer<typeof originalEventSchema>

/** The answer to "does the page show a personal identity code?": it did not, or it was covered before sealing. */
export const identityCodeAnswerSchema = z.enum(['none', 'covered'])

export const documentFacts = {
  type: documentTypeSchema,
  title: z.optional(saidSchema(120)),
  validFrom: z.optional(daySchema),
  validUntil: z.optional(daySchema),
  identityCode: identityCodeAnswerSchema
}

export const documentSchema = z.strictObject({
  ...documentFacts,
  pages: z.array(documentPageSchema).check(z.minLength(1), z.maxLength(documentLimits.pages)),
  addedBy: userIdSchema,
  addedAt: momentSchema,
  /** Oldest first; the last one is where the paper is now. */
  original: z.array(originalEventSchema).check(z.minLength(1), z.maxLength(50)),
  /** Added by mistake: its pages are gone, and tablets are told that it is. The office sees why. */
  removed: z.optional(
    z.strictObject({ by: userIdSchema, at: momentSchema, reason: saidSchema(300) })
  )
})
export type Document = z.infer<typeof documentSchema>

/** The body of `document.part`: a piece of one page; `sha256` is of the piece, base64url. */
export const documentPartSchema = z.strictObject({
  document: entryIdSchema,
  page: pageNumberSchema,
  part: z.int().check(z.minimum(1), z.maximum(24)),
  parts: z.int().check(z.minimum(1), z.maximum(24)),
  sha256: pageDigestSchema,
  bytes: base64urlSchema(Math.ceil((documentLimits.partBytes * 4) / 3))
})
export type DocumentPart = z.infer<typeof documentPartSchema>

/** The body of `document.add`: whatever parts it needs have come before it, or it waits for them. */
export const documentAddSchema = z.strictObject({
  ...documentFacts,
  document: entryIdSchema,
  pages: z.array(documentPageSchema).check(z.minLength(1), z.maxLength(documentLimits.pages)),
  original: z.enum(['none', 'with-worker', 'at-office'])
})
export type DocumentAdd = z.infer<typeof documentAddSchema>

/** Pages are numbered from 1, each once and in order. */
export function isInOrder(pages: readonly DocumentPage[]): boolean {
  return pages.every(({ page }, index) => page === index + 1)
}

/** A permit without an end is valid until it is replaced; one without a beginning from when it was added. */
export function isPermitValid(document: Pick<Document, 'validFrom' | 'validUntil'>, day: Day) {
  const { validFrom, validUntil } = document
  return (!validFrom || validFrom <= day) && (!validUntil || day <= validUntil)
}
