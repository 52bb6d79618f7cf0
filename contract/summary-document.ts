import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { monthSchema } from './month.ts'
import { decisionFiguresSchema, summaryClientSchema } from './summary-figures.ts'
import { overrunWordsSchema, substanceSchema, summaryLanguageSchema } from './summary.ts'

/** Who reports to whom: the names as they were when it was approved. */
export const summaryHeadSchema = z.strictObject({
  organiser: z.string(),
  provider: z.string(),
  businessId: z.optional(z.string()),
  /** The unit's contact person, with phone and e-mail. */
  contact: z.string(),
  approvedBy: z.string()
})
export type SummaryHead = z.infer<typeof summaryHeadSchema>

/**
 * An approved summary, whole: what is hashed and kept, and what the paper, the CSV and the JSON are made of.
 * Nothing in it is looked up elsewhere, so that a setting renamed later changes no summary.
 */
export const summaryDocumentSchema = z.strictObject({
  format: z.literal('kotikaynti/monthly-summary/1'),
  number: z.string(),
  version: z.int(),
  replaces: z.optional(z.strictObject({ number: z.string(), reason: z.string() })),
  approvedAt: momentSchema,
  month: monthSchema,
  language: summaryLanguageSchema,
  head: summaryHeadSchema,
  client: summaryClientSchema,
  decisions: z.array(z.extend(decisionFiguresSchema, { productTitle: z.string() })),
  overrun: overrunWordsSchema,
  substance: substanceSchema,
  /** The names of those who made the visits, by the id in the rows. */
  workers: z.record(z.string(), z.string())
})
export type SummaryDocument = z.infer<typeof summaryDocumentSchema>
