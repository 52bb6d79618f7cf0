import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { customershipIdSchema, userIdSchema } from './id.ts'
import { noticeDatesSchema } from './notice-in-force.ts'
import { noticeTextsSchema } from './notice-line.ts'
import { noticeSchema } from './organisation.ts'
import { revisionSchema } from './revision.ts'
import { partySchema } from './settings.ts'
import { saidSchema } from './text.ts'

const sentenceSchema = saidSchema(400)

/** §14: what changed, in one sentence for each language. */
export const noticeSummarySchema = z.strictObject({
  fi: sentenceSchema,
  sv: sentenceSchema,
  en: sentenceSchema
})
export type NoticeSummary = z.infer<typeof noticeSummarySchema>

/** A version as the list of them tells it. A significant one says what changed. */
export const noticeVersionSchema = z.object({
  ...noticeDatesSchema.shape,
  summary: z.nullable(noticeSummarySchema)
})
export type NoticeVersion = z.infer<typeof noticeVersionSchema>

/** `GET /api/notice`: who answers for the register and the notice in force, for anyone to read. Nothing of any client. */
export const noticeAnswerSchema = z.object({
  controller: partySchema,
  contactPerson: partySchema,
  protectionOfficer: partySchema,
  processor: partySchema,
  notice: noticeSchema,
  text: noticeTextsSchema,
  /** Every version that was published, the newest first. */
  versions: z.array(noticeVersionSchema)
})
export type NoticeAnswer = z.infer<typeof noticeAnswerSchema>

/** `GET /api/notice/versions/{version}`: as it was published, and what it was before. */
export const noticeVersionAnswerSchema = z.object({
  version: noticeVersionSchema,
  text: noticeTextsSchema,
  former: z.nullable(z.object({ version: z.int(), text: noticeTextsSchema }))
})
export type NoticeVersionAnswer = z.infer<typeof noticeVersionAnswerSchema>

/** `GET /api/office/notice`: the newest version, and what the settings would make of the next. */
export const noticeDeskSchema = z.object({
  /** Of the settings that the draft is made from. */
  revision: revisionSchema,
  draft: noticeTextsSchema,
  newest: z.object({
    ...noticeVersionSchema.shape,
    text: noticeTextsSchema,
    publishedAt: z.nullable(momentSchema),
    by: z.nullable(userIdSchema)
  })
})
export type NoticeDesk = z.infer<typeof noticeDeskSchema>

/** `POST /api/office/notice`: the draft of those very settings becomes the next version. */
export const publishRequestSchema = z.strictObject({
  based: revisionSchema,
  effectiveFrom: daySchema,
  /** Null: no significant change, and nobody is told. */
  significant: z.nullable(noticeSummarySchema)
})
export type PublishRequest = z.infer<typeof publishRequestSchema>

export const publishAnswerSchema = z.object({ revision: revisionSchema, version: z.int() })

/** How a client was told of a significant change. */
export const tellingWaySchema = z.enum(['at-visit', 'by-post', 'electronically'])
export type TellingWay = z.infer<typeof tellingWaySchema>

/** `GET /api/office/notice/tellings`: whom the newest significant version is told to. */
export const tellingsAnswerSchema = z.object({
  /** Null: no version was ever told. */
  version: z.nullable(noticeVersionSchema),
  lines: z.array(
    z.object({
      customership: customershipIdSchema,
      /** Null: not for whoever asks. */
      name: z.nullable(z.string()),
      told: z.nullable(
        z.object({ way: tellingWaySchema, day: daySchema, by: userIdSchema, at: momentSchema })
      )
    })
  )
})
export type TellingsAnswer = z.infer<typeof tellingsAnswerSchema>

/** `POST /api/office/notice/tellings`: these were told, or, when `told` is null, were marked by mistake. */
export const tellingRequestSchema = z.strictObject({
  version: z.int(),
  customerships: z.array(customershipIdSchema).check(z.minLength(1), z.maxLength(500)),
  told: z.nullable(z.strictObject({ way: tellingWaySchema, day: daySchema }))
})
export type TellingRequest = z.infer<typeof tellingRequestSchema>
