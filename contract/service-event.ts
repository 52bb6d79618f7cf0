import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { visitOutcomeSchema } from './tally.ts'
import { saidSchema } from './text.ts'

/** §10: the two systems through which service-voucher and purchased-service clients are reported. */
export const transferChannelSchema = z.enum(['psop', 'palse'])
export type TransferChannelName = z.infer<typeof transferChannelSchema>

/**
 * How far a service event has come outside this house. `exported` and `draft` are not in the portal yet, as
 * far as settling goes; `not-told` never will be, for a reason, and its visit waits no more; `withdrawn` was
 * taken out of it before settlement, `credited` by the organiser after.
 */
export const serviceEventStateSchema = z.enum([
  'exported',
  'draft',
  'recorded',
  'under-review',
  'approved',
  'settled',
  'paid',
  'not-told',
  'credited',
  'withdrawn'
])
export type ServiceEventState = z.infer<typeof serviceEventStateSchema>

/** What is told of one visit through a portal. Money is whole cents, time whole minutes. */
export const claimSchema = z.strictObject({
  /** Of the voucher or the decision. */
  number: z.optional(saidSchema(60)),
  code: z.optional(saidSchema(60)),
  start: momentSchema,
  end: z.optional(momentSchema),
  /** Billable, by the organiser's rule of the day. */
  minutes: z.int().check(z.minimum(0)),
  unit: z.enum(['hour', 'visit']),
  priceCents: z.optional(z.int()),
  valueCents: z.optional(z.int()),
  /** Null: nothing of it stands any more. */
  outcome: z.nullable(visitOutcomeSchema)
})
export type Claim = z.infer<typeof claimSchema>

const eventStepSchema = z.strictObject({
  state: serviceEventStateSchema,
  by: userIdSchema,
  at: momentSchema,
  /** Why it was credited, withdrawn, not told at all, or a step taken back. */
  reason: z.optional(saidSchema(500)),
  /** The step before it was a mistake. */
  takesBack: z.optional(z.literal(true))
})
export type EventStep = z.infer<typeof eventStepSchema>

/** One line of a file that left the house. */
const eventExportSchema = z.strictObject({
  by: userIdSchema,
  at: momentSchema,
  profile: settingIdSchema,
  /** Of the event as it was told. */
  fingerprint: saidSchema(64)
})

/**
 * §10: what was told of a visit through PSOP or Palse, as it was told, and how it has fared there since.
 * After a credit the visit is told again by an event of its own, which names the one that it replaces.
 */
export const serviceEventSchema = z.strictObject({
  visit: entryIdSchema,
  decision: entryIdSchema,
  organiser: settingIdSchema,
  product: settingIdSchema,
  channel: transferChannelSchema,
  /** Of the visit; it gives the month. */
  day: daySchema,
  told: claimSchema,
  /** The portal's own number of it. */
  externalNumber: z.optional(saidSchema(60)),
  replaces: z.optional(entryIdSchema),
  /** Every step, oldest first: the last one is how it stands. */
  history: z.array(eventStepSchema).check(z.minLength(1)),
  exports: z.optional(z.array(eventExportSchema))
})
export type ServiceEvent = z.infer<typeof serviceEventSchema>
