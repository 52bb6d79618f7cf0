import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { customershipIdSchema, deviceIdSchema, userIdSchema } from './id.ts'
import { purposeSchema } from './role.ts'

/** What was read on the tablet, offline too. */
export const usageEventSchema = z.strictObject({
  customership: customershipIdSchema,
  kind: z.enum(['open', 'search', 'print', 'show']),
  purpose: purposeSchema,
  at: momentSchema,
  /** Which day a printed sheet is of; without it, the day of the printing. */
  day: z.optional(daySchema)
})
export type UsageEvent = z.infer<typeof usageEventSchema>

/** The body of `usage.report`. */
export const usageReportSchema = z.strictObject({
  events: z.array(usageEventSchema).check(z.minLength(1), z.maxLength(500))
})

export const usageKindSchema = z.enum([
  'open',
  'search',
  'list',
  'write',
  'send',
  'print',
  'show',
  'end',
  'delete'
])
export type UsageKind = z.infer<typeof usageKindSchema>

/** One use of a client's data, told with the names that its ids have now. */
export const usageLineSchema = z.object({
  at: momentSchema,
  kind: usageKindSchema,
  purpose: z.nullable(purposeSchema),
  user: z.nullable(userIdSchema),
  userName: z.string(),
  device: z.nullable(deviceIdSchema),
  deviceName: z.nullable(z.string())
})
export type UsageLine = z.infer<typeof usageLineSchema>

/** `GET /api/office/customerships/{id}/log?before=`: newest first; `next` goes on from the last one. */
export const usageAnswerSchema = z.object({
  lines: z.array(usageLineSchema),
  next: z.nullable(momentSchema)
})
export type UsageAnswer = z.infer<typeof usageAnswerSchema>
