import * as z from 'zod/mini'
import { documentFacts, documentLimits, documentPageSchema } from './document.ts'
import { revisionSchema } from './revision.ts'
import { entryIdSchema } from './id.ts'
import { saidSchema } from './text.ts'

/** `POST /api/office/customerships/{id}/documents`: the pages were brought before, one by one. */
export const documentRequestSchema = z.strictObject({
  ...documentFacts,
  id: entryIdSchema,
  pages: z.array(documentPageSchema).check(z.minLength(1), z.maxLength(documentLimits.pages)),
  original: z.enum(['none', 'at-office'])
})
export type DocumentRequest = z.infer<typeof documentRequestSchema>

/** `PUT /api/office/customerships/{id}/documents/{document}`. The type never changes: views go by it. */
export const documentEditSchema = z.strictObject({
  based: revisionSchema,
  title: documentFacts.title,
  validFrom: documentFacts.validFrom,
  validUntil: documentFacts.validUntil
})
export type DocumentEdit = z.infer<typeof documentEditSchema>

/** `POST /api/office/customerships/{id}/documents/{document}/original`. */
export const originalRequestSchema = z.strictObject({
  based: revisionSchema,
  state: z.enum(['at-office', 'destroyed', 'returned']),
  note: z.optional(saidSchema(300))
})
export type OriginalRequest = z.infer<typeof originalRequestSchema>

/** `POST /api/office/customerships/{id}/documents/{document}/removal`. */
export const documentRemovalSchema = z.strictObject({
  based: revisionSchema,
  reason: saidSchema(300)
})
export type DocumentRemoval = z.infer<typeof documentRemovalSchema>

/** `GET /api/office/customerships/{id}/documents/unfinished`: documents of which some pages have come and others not. */
export const unfinishedDocumentsSchema = z.object({ unfinished: z.int() })
