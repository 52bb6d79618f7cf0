import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { customershipIdSchema, deviceIdSchema, userIdSchema } from './id.ts'
import { outboxReportSchema, seqSchema } from './push.ts'
import { base64urlSchema, saidSchema } from './text.ts'

export const sealingKeySchema = z.object({ id: z.string(), publicKey: base64urlSchema(100) })
export type SealingKey = z.infer<typeof sealingKeySchema>

export const policySchema = z.object({
  offlineDays: z.int(),
  autoLockMinutes: z.int(),
  wrongPassphraseLimit: z.int()
})
export type Policy = z.infer<typeof policySchema>

/** Signed by the server's lease key; the last instant is `until`. */
export const leaseSchema = z.object({
  device: deviceIdSchema,
  user: userIdSchema,
  issued: momentSchema,
  until: momentSchema,
  sig: base64urlSchema(100)
})
export type Lease = z.infer<typeof leaseSchema>

export const enrolRequestSchema = z.strictObject({
  name: saidSchema(60),
  signingKey: base64urlSchema(100)
})

export type EnrolRequest = z.infer<typeof enrolRequestSchema>

export const enrolAnswerSchema = z.object({
  device: deviceIdSchema,
  leaseKey: base64urlSchema(60),
  sealingKey: sealingKeySchema,
  policy: policySchema
})
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>

const heldSchema = z.array(customershipIdSchema).check(z.maxLength(5000))

export const deviceStateRequestSchema = z.strictObject({
  have: heldSchema,
  purged: heldSchema,
  outbox: outboxReportSchema,
  /** Whether the browser promised to keep what lies there. Left out: it cannot say. */
  isPersisted: z.optional(z.boolean())
})

export const deviceStateAnswerSchema = z.object({
  serverTime: momentSchema,
  command: z.optional(z.literal('wipe')),
  purge: z.array(customershipIdSchema),
  sealingKey: sealingKeySchema,
  missing: z.optional(z.array(seqSchema)),
  safeThrough: z.nullable(z.int())
})
export type DeviceStateAnswer = z.infer<typeof deviceStateAnswerSchema>

/**
 * Said by a device whose keyring is overwritten and whose outbox is delivered. `clear`: nobody else has
 * anything in this browser, so that the browser may be told to let go of all that it keeps.
 */
export const wipedRequestSchema = z.strictObject({
  clear: z.boolean(),
  outbox: outboxReportSchema
})

/** A device as the office and its owner see it. */
export const deviceSummarySchema = z.object({
  id: deviceIdSchema,
  name: z.string(),
  user: userIdSchema,
  userName: z.string(),
  enrolledAt: momentSchema,
  lastContactAt: z.nullable(momentSchema),
  leaseUntil: z.nullable(momentSchema),
  wipedAt: z.optional(z.nullable(momentSchema)),
  state: z.enum(['active', 'revoked', 'wiped']),
  holds: z.int(),
  waiting: z.int()
})
export const deviceListSchema = z.object({ devices: z.array(deviceSummarySchema) })
export type DeviceSummary = z.infer<typeof deviceSummarySchema>
