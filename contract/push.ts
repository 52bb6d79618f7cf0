import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { envelopeHeadSchema } from './envelope.ts'
import { revisionSchema } from './revision.ts'
import { deviceIdSchema, operationIdSchema } from './id.ts'
import { outcomeSchema } from './outcome.ts'

export const pushLimits = { envelopes: 100, bytes: 900 * 1024 } as const

export const seqSchema = z.int().check(z.minimum(1))

/** The last number ever given by this device, and those not yet handed over. */
export const outboxReportSchema = z.strictObject({
  last: z.int().check(z.minimum(0)),
  waiting: z.array(seqSchema).check(z.maxLength(100_000))
})
export type OutboxReport = z.infer<typeof outboxReportSchema>

/** Envelopes are read one by one afterwards: a malformed one is answered alone. */
export const pushRequestSchema = z.strictObject({
  device: deviceIdSchema,
  outbox: outboxReportSchema,
  envelopes: z.array(envelopeHeadSchema).check(z.minLength(1), z.maxLength(pushLimits.envelopes))
})
export type PushRequest = z.infer<typeof pushRequestSchema>

export const resultSchema = z.object({
  id: operationIdSchema,
  outcome: outcomeSchema,
  code: z.optional(z.string()),
  revision: z.optional(revisionSchema),
  at: momentSchema,
  again: z.optional(z.boolean())
})
export type Result = z.infer<typeof resultSchema>

export const pushAnswerSchema = z.object({
  results: z.array(resultSchema),
  command: z.optional(z.literal('wipe')),
  missing: z.optional(z.array(seqSchema)),
  safeThrough: z.nullable(z.int())
})
export type PushAnswer = z.infer<typeof pushAnswerSchema>
