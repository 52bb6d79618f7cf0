import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { customershipIdSchema, entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { monthSchema } from './month.ts'

/** §10: what leaves the house. */
export const disclosureKindSchema = z.enum([
  'summary',
  'transfer',
  'return-package',
  'rights-answer'
])
export type DisclosureKind = z.infer<typeof disclosureKindSchema>

/** The way that it took. The app itself sends nothing to anybody: a person does, and says which way if asked. */
export const disclosureChannelSchema = z.enum([
  'secure-mail',
  'portal',
  'psop',
  'palse',
  'by-hand',
  'post',
  'unstated'
])
export type DisclosureChannel = z.infer<typeof disclosureChannelSchema>

/**
 * 703/2023 and GDPR Art. 6(1)(c): the organiser must have its records; a decision or contract under which
 * the service is reported and paid; the client's own rights by GDPR Art. 15 and 20, what was done on a request
 * by 12(3), the telling of former recipients by 19, and the help to the controller by 28(3)(e).
 */
export const disclosureGroundSchema = z.enum([
  'client-records-act',
  'decision',
  'right-of-access',
  'portability',
  'action-taken',
  'recipient-notification',
  'controller-assistance'
])
export type DisclosureGround = z.infer<typeof disclosureGroundSchema>

/** Of a summary: the hours alone, where somebody must not read the rest, or all of it. */
export const disclosedContentSchema = z.enum(['whole', 'hours'])
export type DisclosedContent = z.infer<typeof disclosedContentSchema>

export const receiptCodeSchema = z.enum(['received', 'returned'])
export type ReceiptCode = z.infer<typeof receiptCodeSchema>

/** An organiser by its id, or `client`; `organiser` where nobody knows which. */
export const disclosureRecipientSchema = settingIdSchema

/**
 * One thing that left: ids and codes only, since it outlives the client's data by years. The customership is
 * a random id, which names nobody once the customership is deleted.
 */
export const disclosureSchema = z.object({
  id: entryIdSchema,
  at: momentSchema,
  by: userIdSchema,
  customership: customershipIdSchema,
  kind: disclosureKindSchema,
  /** The number of what left, such as a package’s or a summary’s. */
  reference: z.nullable(z.string()),
  recipient: disclosureRecipientSchema,
  channel: disclosureChannelSchema,
  ground: disclosureGroundSchema,
  /** Null: it is of a kind that leaves whole always, or was written down before this was. */
  content: z.nullable(disclosedContentSchema),
  /**
   * SHA-256 of what left, hex; of a summary, of its PDF, CSV and JSON one after another. Null: it left
   * otherwise than by a file of this system.
   */
  fingerprint: z.nullable(z.string()),
  receipt: z.nullable(z.object({ at: momentSchema, code: receiptCodeSchema }))
})
export type Disclosure = z.infer<typeof disclosureSchema>

/** A line with the names that its ids have now. */
export const disclosureLineSchema = z.object({
  ...disclosureSchema.shape,
  byName: z.string(),
  /** Empty: it is no organiser. */
  recipientName: z.string(),
  isDeleted: z.boolean(),
  /** Null: the customership is deleted, or whoever asks only oversees. */
  clientName: z.nullable(z.string())
})
export type DisclosureLine = z.infer<typeof disclosureLineSchema>

/** `GET /api/office/disclosures?month=&kind=&recipient=&customership=&before=`: newest first. */
export const disclosuresRequestSchema = z.strictObject({
  month: z.optional(monthSchema),
  kind: z.optional(disclosureKindSchema),
  recipient: z.optional(disclosureRecipientSchema),
  customership: z.optional(customershipIdSchema),
  before: z.optional(entryIdSchema)
})
export type DisclosuresRequest = z.infer<typeof disclosuresRequestSchema>

export const disclosuresAnswerSchema = z.object({
  lines: z.array(disclosureLineSchema),
  /** The last line's id, when there are more. */
  next: z.nullable(entryIdSchema)
})
export type DisclosuresAnswer = z.infer<typeof disclosuresAnswerSchema>
