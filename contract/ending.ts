import * as z from 'zod/mini'
import { certificateSchema } from './certificate.ts'
import { closingDocumentSchema, closingRecordSchema, holdSchema } from './closing.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { addDays, type Day } from './day.ts'
import { customershipStateSchema, holdingSchema } from './customership.ts'
import { customershipIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { monthSchema } from './month.ts'

/** A code, not words: free text about a client never stands outside the seal. */
export const endReasonSchema = z.enum([
  'service-completed',
  'decision-lapsed',
  'client-moved',
  'client-asked',
  'organiser-asked',
  'other'
])
export type EndReason = z.infer<typeof endReasonSchema>

/** However long ago the service ended, the people named are warned for this many days before a deletion. */
const fewestDaysToDeletion = 14

/** §7: the last day on which the client's data may exist. */
export function deleteByOf(endDay: Day, today: Day, deleteAfterDays: number): Day {
  const counted = addDays(endDay, deleteAfterDays)
  const soonest = addDays(today, fewestDaysToDeletion)
  return counted > soonest ? counted : soonest
}

/** `POST /api/office/customerships/{id}/ending`. The day may be past: a family tells of its moving afterwards. */
export const endingRequestSchema = z.strictObject({ endDay: daySchema, reason: endReasonSchema })

/** What the closing list goes through, in the order in which it is worked. */
export const closingItems = [
  'end-day-not-past',
  'tablet-waits',
  'awaiting-decision',
  'visit-running',
  'note-unsigned',
  'last-summary',
  'portal-events',
  'hand-over',
  'retention',
  'document-unsettled',
  'paper-unsettled',
  'legal-hold',
  'restriction'
] as const

/** What still stands between an ended customership and its deletion. */
export const openItemSchema = z.object({ code: z.enum(closingItems), count: z.int() })
export type OpenItem = z.infer<typeof openItemSchema>

/** One line of the closing list. `count` is 0 when it is settled; `by` is null where the server settled it. */
export const closingItemSchema = z.object({
  code: z.enum(closingItems),
  count: z.int(),
  settled: z.array(
    z.object({ by: z.nullable(userIdSchema), at: momentSchema, how: z.nullable(z.string()) })
  )
})
export type ClosingItem = z.infer<typeof closingItemSchema>

/** A month that an organiser has not been told of. */
export const unsentSummarySchema = z.object({ organiser: settingIdSchema, month: monthSchema })
export type UnsentSummary = z.infer<typeof unsentSummarySchema>

/** `GET /api/office/customerships/{id}/ending`: what ending means, before and after it is set. */
export const endingAnswerSchema = z.object({
  state: customershipStateSchema,
  endDay: z.nullable(daySchema),
  deleteBy: z.nullable(daySchema),
  earliestDeleteBy: daySchema,
  open: z.array(openItemSchema),
  /** Everything that the list asks of this customership, settled or not. */
  list: z.array(closingItemSchema),
  documents: z.array(closingDocumentSchema),
  /** The months that the list waits for, or that somebody let pass with a word. */
  unsent: z.array(unsentSummarySchema),
  record: closingRecordSchema,
  /** The last day before it lapses, if no decision follows the last one; null when it ends already. */
  lapsesOn: z.nullable(daySchema),
  /** How many main users there are: a hold needs two of them to be set aside. */
  mainUsers: z.int(),
  holdings: z.array(holdingSchema),
  entries: z.int()
})
export type EndingAnswer = z.infer<typeof endingAnswerSchema>

/** `POST /api/office/customerships/{id}/deletion` answers the certificate. */
export const deletionAnswerSchema = z.object({ certificate: certificateSchema })

/** `GET /api/office/endings`. */
export const endingsAnswerSchema = z.object({
  endings: z.array(
    z.object({
      id: customershipIdSchema,
      firstName: z.string(),
      lastName: z.string(),
      state: customershipStateSchema,
      endDay: daySchema,
      deleteBy: daySchema,
      open: z.array(openItemSchema),
      devices: z.int(),
      /** The nearest day on which a standing hold must be looked at again. */
      reviewBy: z.nullable(daySchema)
    })
  ),
  /** Every standing hold, of active customerships too. */
  holds: z.array(
    z.object({
      id: customershipIdSchema,
      firstName: z.string(),
      lastName: z.string(),
      state: customershipStateSchema,
      hold: holdSchema
    })
  ),
  certificates: z.array(certificateSchema)
})
export type EndingsAnswer = z.infer<typeof endingsAnswerSchema>
