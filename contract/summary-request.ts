import * as z from 'zod/mini'
import { toldRequestSchema } from './completion-request.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { disclosedContentSchema, disclosureChannelSchema, receiptCodeSchema } from './disclosure.ts'
import { customershipIdSchema, entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { monthSchema } from './month.ts'
import { revisionSchema } from './revision.ts'
import { summaryFiguresSchema } from './summary-figures.ts'
import { missingSchema } from './summary-missing.ts'
import {
  overrunWordsSchema,
  substanceSchema,
  summaryDeliverySchema,
  summaryLanguageSchema,
  summaryStateSchema
} from './summary.ts'
import { saidSchema } from './text.ts'

/** Which summary: one client's, for one organiser, of one month. */
const nameShape = { organiser: settingIdSchema, month: monthSchema }

/** `GET /api/office/summaries?month=`. */
export const summariesRequestSchema = z.strictObject({ month: monthSchema })

export const summaryLineSchema = z.object({
  customership: customershipIdSchema,
  firstName: z.string(),
  lastName: z.string(),
  ...nameShape,
  /** Null: nobody has touched it, and it is as it is drafted. */
  summary: z.nullable(entryIdSchema),
  version: z.int(),
  state: summaryStateSchema,
  number: z.nullable(z.string()),
  monthMinutes: z.int(),
  grantedMinutes: z.int(),
  missing: z.array(missingSchema),
  /** What its workers have been asked to complete, done or not. */
  requests: z.array(toldRequestSchema),
  /** Whose visits there are in it. */
  workers: z.array(userIdSchema),
  /** A visit is otherwise than it was when this was approved. */
  isChanged: z.boolean(),
  receipt: z.nullable(receiptCodeSchema),
  /** The revision of the entry that this shows; null when there is none yet. */
  based: z.nullable(revisionSchema)
})
export type SummaryLine = z.infer<typeof summaryLineSchema>

export const summariesAnswerSchema = z.object({
  month: monthSchema,
  lines: z.array(summaryLineSchema),
  /** Whose tablets have not delivered everything, and how much. */
  undelivered: z.array(z.object({ worker: userIdSchema, count: z.int() }))
})
export type SummariesAnswer = z.infer<typeof summariesAnswerSchema>

/** `GET /api/office/summaries/changed`: what was approved and is not so any more, for Tilanne. */
export const changedSummariesSchema = z.object({
  summaries: z.array(
    z.object({ customership: customershipIdSchema, name: z.string(), ...nameShape })
  )
})
export type ChangedSummaries = z.infer<typeof changedSummariesSchema>

/** `GET /api/office/customerships/{id}/summary?organiser=&month=`. */
export const summaryRequestSchema = z.strictObject(nameShape)

const monthNoteSchema = z.object({
  note: entryIdSchema,
  day: daySchema,
  author: userIdSchema,
  fields: z.array(z.object({ id: settingIdSchema, title: z.string(), words: z.array(z.string()) }))
})
export type SummaryNote = z.infer<typeof monthNoteSchema>

const summaryVersionSchema = z.object({
  summary: entryIdSchema,
  version: z.int(),
  state: summaryStateSchema,
  number: z.nullable(z.string()),
  hash: z.nullable(z.string()),
  approvedAt: z.nullable(momentSchema),
  approvedBy: z.nullable(userIdSchema),
  replaces: z.nullable(z.object({ number: z.string(), reason: z.string() })),
  deliveries: z.array(summaryDeliverySchema)
})
export type SummaryVersion = z.infer<typeof summaryVersionSchema>

export const summaryAnswerSchema = z.object({
  ...summaryLineSchema.shape,
  language: summaryLanguageSchema,
  /** Of an approved summary: as it was approved. */
  figures: summaryFiguresSchema,
  substance: substanceSchema,
  /** What the month's notes give for it, to begin from or to take from. */
  drafted: substanceSchema,
  overrun: overrunWordsSchema,
  notes: z.array(monthNoteSchema),
  versions: z.array(summaryVersionSchema)
})
export type SummaryAnswer = z.infer<typeof summaryAnswerSchema>

/** `PUT /api/office/customerships/{id}/summary`. */
export const summaryWriteSchema = z.strictObject({
  summary: entryIdSchema,
  ...nameShape,
  based: z.nullable(revisionSchema),
  language: summaryLanguageSchema,
  state: z.enum(['draft', 'checked']),
  substance: substanceSchema,
  overrun: overrunWordsSchema
})
export type SummaryWrite = z.infer<typeof summaryWriteSchema>

/** `POST /api/office/customerships/{id}/summary/correction`: a new version of what was approved. */
export const correctionSchema = z.strictObject({
  summary: entryIdSchema,
  as: entryIdSchema,
  reason: saidSchema(500)
})

/** `POST /api/office/summaries/approval`: some of a month's, a few at a time so that progress is true. */
export const approvalSchema = z.strictObject({
  month: monthSchema,
  summaries: z
    .array(
      z.strictObject({
        customership: customershipIdSchema,
        organiser: settingIdSchema,
        /** The revision that whoever approves has seen; null: nobody had written any. */
        based: z.nullable(revisionSchema)
      })
    )
    .check(z.minLength(1), z.maxLength(20)),
  /** Also those in which something is missing: only who has looked at it says so. */
  despite: z.boolean()
})
export type Approval = z.infer<typeof approvalSchema>

/** `changed`: somebody has written since, and what would be locked is not what was seen. */
export const approvalOutcomeSchema = z.enum([
  'approved',
  'already',
  'changed',
  'missing',
  'address',
  'absent'
])
export type ApprovalOutcome = z.infer<typeof approvalOutcomeSchema>

export const approvalAnswerSchema = z.object({
  results: z.array(
    z.object({
      customership: customershipIdSchema,
      organiser: settingIdSchema,
      outcome: approvalOutcomeSchema,
      number: z.nullable(z.string())
    })
  )
})
export type ApprovalAnswer = z.infer<typeof approvalAnswerSchema>

const deliveredSchema = z
  .array(z.strictObject({ customership: customershipIdSchema, summary: entryIdSchema }))
  .check(z.minLength(1), z.maxLength(500))

/** `POST /api/office/summaries/delivery`: an encrypted archive of one organiser's approved summaries. */
export const deliverySchema = z.strictObject({
  ...nameShape,
  summaries: deliveredSchema,
  channel: disclosureChannelSchema,
  content: disclosedContentSchema
})
export type Delivery = z.infer<typeof deliverySchema>

/** Its answer, a line each: how far it has come, the archive in pieces, and what opens it, which is told once. */
export const deliveryLineSchema = z.discriminatedUnion('line', [
  z.object({ line: z.literal('progress'), done: z.int(), of: z.int() }),
  z.object({ line: z.literal('piece'), bytes: z.string() }),
  z.object({
    line: z.literal('done'),
    name: z.string(),
    sha256: z.string(),
    passphrase: z.string(),
    delivered: z.int()
  })
])
export type DeliveryLine = z.infer<typeof deliveryLineSchema>

/** `POST /api/office/summaries/receipt`: what the organiser says of what it was sent. */
export const receiptSchema = z.strictObject({
  summaries: deliveredSchema,
  code: receiptCodeSchema
})
export const receiptAnswerSchema = z.object({ settled: z.int() })
