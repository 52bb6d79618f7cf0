import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { disclosureChannelSchema } from './disclosure.ts'
import { userIdSchema } from './id.ts'
import { packageLanguageSchema } from './return-package.ts'
import { saidSchema } from './text.ts'

/** GDPR Art. 15: a report to read. Art. 20: a file for another system. */
export const answerKindSchema = z.enum(['access', 'portability'])
export type AnswerKind = z.infer<typeof answerKindSchema>

/** Who is given it: the client, or a guardian who lives elsewhere and must not learn a protected address. */
export const answerForSchema = z.enum(['client', 'guardian'])
export type AnswerFor = z.infer<typeof answerForSchema>

/** `paper` is read by people and printed; `archive` is a ZIP that its passphrase opens. */
export const answerPartSchema = z.enum(['paper', 'archive'])
export type AnswerPart = z.infer<typeof answerPartSchema>

/** 703/2023: the client may learn who used the data of two years; of what is older, for a special reason. */
export const logYearsShown = 2

/** `POST /api/office/customerships/{id}/requests/{request}/answer`: a new one takes the place of the former. */
export const answerWishSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('access'),
    for: answerForSchema,
    language: packageLanguageSchema,
    /** From which day on the uses are told, where it is not two years. */
    logFrom: z.optional(daySchema),
    logReason: z.optional(saidSchema(500))
  }),
  z.strictObject({
    kind: z.literal('portability'),
    for: answerForSchema,
    language: packageLanguageSchema
  })
])
export type AnswerWish = z.infer<typeof answerWishSchema>

/** `GET …/answer`: what was made. The passphrase is asked for apart, which is logged. */
export const answerStandingSchema = z.object({
  answer: z.nullable(
    z.object({
      number: z.string(),
      kind: answerKindSchema,
      for: answerForSchema,
      language: packageLanguageSchema,
      madeAt: momentSchema,
      by: userIdSchema,
      byName: z.string(),
      /** Whether the customership is still as the answer tells it. */
      isCurrent: z.boolean(),
      /** Whether it was handed over, by the log of what left. */
      isHandedOver: z.boolean(),
      parts: z.array(
        z.object({
          part: answerPartSchema,
          name: z.string(),
          bytes: z.int(),
          /** SHA-256 of the file, hex: as whoever receives it computes it. */
          sha256: z.string()
        })
      )
    })
  )
})
export type AnswerStanding = z.infer<typeof answerStandingSchema>

/** `GET …/answer/paper` and `…/answer/archive`: §10, fetched to be handed over, by the way that is told. */
export const answerFetchSchema = z.strictObject({ channel: disclosureChannelSchema })
export type AnswerFetch = z.infer<typeof answerFetchSchema>
