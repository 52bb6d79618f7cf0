import * as z from 'zod/mini'
import { assignmentSchema } from './assignment.ts'
import { alarmAnsweredSchema } from './closing.ts'
import { contactSchema } from './contact.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { decisionStatementSchema } from './decision.ts'
import { entrySchema } from './entry.ts'
import { revisionSchema } from './revision.ts'
import { reasonSchema } from './exception.ts'
import {
  customershipIdSchema,
  deviceIdSchema,
  entryIdSchema,
  settingIdSchema,
  userIdSchema
} from './id.ts'
import { profileStatementSchema } from './profile.ts'
import { saidSchema } from './text.ts'
import { visitPlanSchema } from './visit.ts'

/** `closed` follows the end date; `deleting` reads as absent; then there is nothing. */
export const customershipStateSchema = z.enum(['active', 'ending', 'closed', 'deleting'])
export type CustomershipState = z.infer<typeof customershipStateSchema>

/** One line of the office's client table. No address and no health: a list needs neither. */
export const customershipSummarySchema = z.object({
  id: customershipIdSchema,
  firstName: z.string(),
  lastName: z.string(),
  state: customershipStateSchema,
  organisers: z.array(z.string()),
  products: z.array(z.string()),
  workers: z.array(userIdSchema),
  nextVisitAt: z.nullable(momentSchema),
  endDay: z.nullable(daySchema),
  deleteBy: z.nullable(daySchema),
  /** GDPR Art. 18: since when its processing is restricted. */
  restrictedOn: z.optional(z.nullable(daySchema))
})
export type CustomershipSummary = z.infer<typeof customershipSummarySchema>
/** `total` counts what was found; the lines are those of the page that was asked for. */
export const customershipListSchema = z.object({
  total: z.int(),
  customerships: z.array(customershipSummarySchema)
})
export type CustomershipList = z.infer<typeof customershipListSchema>

/** What the client table may stand in order of. What is not set comes last in either direction. */
export const customershipSortSchema = z.enum(['name', 'state', 'nextVisit', 'endDay'])
export type CustomershipSort = z.infer<typeof customershipSortSchema>

/** `POST /api/office/customerships/search`: the words travel in the body, never in an address. */
export const customershipSearchSchema = z.strictObject({
  query: z.string().check(z.maxLength(100)),
  state: z.optional(customershipStateSchema),
  organiser: z.optional(settingIdSchema),
  product: z.optional(settingIdSchema),
  worker: z.optional(userIdSchema),
  sort: z.optional(customershipSortSchema),
  descending: z.optional(z.boolean()),
  offset: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000))),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(200)))
})
export type CustomershipSearch = z.infer<typeof customershipSearchSchema>

/** `POST /api/office/customerships`. The ids are the office's, so that a repeated request is the same one. */
export const customershipOpeningSchema = z.strictObject({
  id: customershipIdSchema,
  profile: z.strictObject({ id: entryIdSchema, data: profileStatementSchema }),
  contacts: z
    .array(z.strictObject({ id: entryIdSchema, data: contactSchema }))
    .check(z.maxLength(20)),
  decision: z.strictObject({ id: entryIdSchema, data: decisionStatementSchema })
})
export type CustomershipOpening = z.infer<typeof customershipOpeningSchema>

/** `POST /api/office/customerships/{id}/assignments`. The same id again changes it, `based` on what was read. */
export const assignRequestSchema = z.strictObject({
  id: entryIdSchema,
  data: assignmentSchema,
  based: z.optional(revisionSchema),
  reason: reasonSchema
})
/** `POST /api/office/customerships/{id}/decisions`. With `based` it edits the one that has that id. */
export const decisionRequestSchema = z.strictObject({
  id: entryIdSchema,
  based: z.optional(revisionSchema),
  data: decisionStatementSchema,
  reason: reasonSchema
})
export type DecisionRequest = z.infer<typeof decisionRequestSchema>
/** `POST /api/office/customerships/{id}/visits`. The same id again moves it, `based` on what was read. */
export const visitPlanRequestSchema = z.strictObject({
  id: entryIdSchema,
  data: visitPlanSchema,
  based: z.optional(revisionSchema),
  reason: reasonSchema
})
/** `PUT /api/office/customerships/{id}/profile`. `addressUnseen`: who writes was not shown the protected address, which stays. */
export const profileRequestSchema = z.strictObject({
  based: revisionSchema,
  data: profileStatementSchema,
  addressUnseen: z.optional(z.literal(true))
})
/** `PUT /api/office/customerships/{id}/contacts/{entry}`. `based` is null for a new one. */
export const contactRequestSchema = z.strictObject({
  based: z.nullable(revisionSchema),
  data: contactSchema,
  addressUnseen: z.optional(z.literal(true))
})
/** `DELETE /api/office/customerships/{id}/contacts/{entry}`. */
export const contactRemovalSchema = z.strictObject({ based: revisionSchema })
/** `POST /api/office/customerships/{id}/suggestions/{entry}`. `value`: as the office spells it. */
export const suggestionDecisionSchema = z.strictObject({
  based: revisionSchema,
  decision: z.enum(['accept', 'decline']),
  value: z.optional(saidSchema(2000)),
  word: z.optional(saidSchema(500))
})
export type SuggestionDecision = z.infer<typeof suggestionDecisionSchema>
/** `POST /api/office/customerships/{id}/address`: an act of its own, which the log remembers. */
export const addressRequestSchema = z.strictObject({})
/** What the protected address was left out of, whole. */
export const addressAnswerSchema = z.object({ entries: z.array(entrySchema) })

export const writtenAnswerSchema = z.object({ revision: revisionSchema })

/** Where a customership lies outside the office: written before it is sent, cleared when the tablet confirms. */
export const holdingSchema = z.object({
  device: deviceIdSchema,
  deviceName: z.string(),
  user: z.nullable(userIdSchema),
  userName: z.string(),
  sentAt: momentSchema,
  /** What the tablet itself has said that it holds, and when. */
  heldRevision: z.nullable(revisionSchema),
  heldAt: z.nullable(momentSchema),
  purgedAt: z.nullable(momentSchema),
  leaseUntil: z.nullable(momentSchema),
  waiting: z.int()
})
export type Holding = z.infer<typeof holdingSchema>

/** `GET /api/office/customerships/{id}?purpose=…`: everything the view allows. Who is responsible needs to name no purpose. */
export const customershipAnswerSchema = z.object({
  id: customershipIdSchema,
  revision: revisionSchema,
  state: customershipStateSchema,
  endDay: z.nullable(daySchema),
  deleteBy: z.nullable(daySchema),
  restrictedOn: z.optional(z.nullable(daySchema)),
  entries: z.array(entrySchema),
  holdings: z.array(holdingSchema),
  /** What the office did about what notes raised. */
  answers: z.optional(z.array(alarmAnsweredSchema))
})
export type CustomershipAnswer = z.infer<typeof customershipAnswerSchema>
