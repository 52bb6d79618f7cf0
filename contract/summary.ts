import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { disclosedContentSchema, disclosureChannelSchema, receiptCodeSchema } from './disclosure.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { monthSchema } from './month.ts'
import { saidSchema, wordsSchema } from './text.ts'

/** A summary is read by people of the organiser, in the language of the client. */
export const summaryLanguageSchema = z.enum(['fi', 'sv'])
export type SummaryLanguage = z.infer<typeof summaryLanguageSchema>

/** Draft → checked → approved, which is locked, numbered and hashed → delivered. */
export const summaryStateSchema = z.enum(['draft', 'checked', 'approved', 'delivered'])
export type SummaryState = z.infer<typeof summaryStateSchema>

/** The words of a summary, which some organisers are sent apart from the hours. */
export const substanceWords = [
  'goals',
  'summary',
  'clientView',
  'childView',
  'concerns',
  'proposal'
] as const
export type SubstanceWord = (typeof substanceWords)[number]

const substanceText = z.optional(wordsSchema(20_000))

export const substanceSchema = z.strictObject({
  goals: substanceText,
  summary: substanceText,
  clientView: substanceText,
  childView: substanceText,
  concerns: substanceText,
  proposal: substanceText,
  /** Child Welfare Act § 25: whether a notification was made, and on which day. */
  notification: z.strictObject({
    isMade: z.boolean(),
    on: z.optional(daySchema)
  })
})
export type Substance = z.infer<typeof substanceSchema>

/** What was said when more was used than granted; §6: never silently accepted. */
export const overrunWordsSchema = z.optional(wordsSchema(2000))

/** From approval on: what the paper says, whatever becomes of the visits that it was made of. */
export const lockedSummarySchema = z.strictObject({
  number: saidSchema(60),
  at: momentSchema,
  by: userIdSchema,
  /** SHA-256, hex, of the text. */
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The summary as it leaves, byte for byte; its shape is in `summary-document.ts`. */
  text: wordsSchema(2_000_000)
})
export type LockedSummary = z.infer<typeof lockedSummarySchema>

export const summaryDeliverySchema = z.strictObject({
  at: momentSchema,
  by: userIdSchema,
  channel: disclosureChannelSchema,
  content: z.optional(disclosedContentSchema),
  receipt: z.optional(
    z.strictObject({ at: momentSchema, by: userIdSchema, code: receiptCodeSchema })
  )
})
export type SummaryDelivery = z.infer<typeof summaryDeliverySchema>

/** One version of one organiser’s summary of one month. What was approved is never written over: a correction is a version of its own. */
export const summarySchema = z.strictObject({
  month: monthSchema,
  organiser: settingIdSchema,
  language: summaryLanguageSchema,
  state: summaryStateSchema,
  version: z.int().check(z.minimum(1)),
  /** The approved summary that this one takes the place of, and why. */
  replaces: z.optional(
    z.strictObject({ summary: entryIdSchema, number: saidSchema(60), reason: saidSchema(500) })
  ),
  substance: substanceSchema,
  overrun: overrunWordsSchema,
  checked: z.optional(z.strictObject({ by: userIdSchema, at: momentSchema })),
  locked: z.optional(lockedSummarySchema),
  deliveries: z.array(summaryDeliverySchema)
})
export type Summary = z.infer<typeof summarySchema>
