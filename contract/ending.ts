import * as z from 'zod/mini'
import { closingDocumentSchema, closingRecordSchema, holdSchema } from './closing.ts'
import { addDays, daySchema, momentSchema, type Day } from './day.ts'
import { customershipStateSchema, holdingSchema } from './customership.ts'
import { customershipIdSchema, userIdSchema } from './id.ts'
import { base64urlSchema } from './text.ts'

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
  'legal-hold'
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
  record: closingRecordSchema,
  /** When this customership lapses if no decision follows; null while one is valid, or it ends already. */
  lapsesOn: z.nullable(daySchema),
  /** How many main users there are: a hold needs two of them to be set aside. */
  mainUsers: z.int(),
  holdings: z.array(holdingSchema),
  entries: z.int()
})
export type EndingAnswer = z.infer<typeof endingAnswerSchema>

/** §7: what remains is a certificate without personal data. */
export const certificateSchema = z.object({
  number: z.string(),
  customership: customershipIdSchema,
  deletedAt: momentSchema,
  cause: z.enum(['asked', 'deadline']),
  by: z.nullable(userIdSchema),
  entries: z.int(),
  devices: z.array(
    z.object({ device: z.string(), state: z.enum(['purged', 'pending', 'lease-ended']) })
  ),
  checks: z.array(z.object({ what: z.string(), left: z.int() })),
  key: z.string(),
  sig: base64urlSchema(100)
})
export type Certificate = z.infer<typeof certificateSchema>

/** What `sig` signs, by Ed25519 under `key` (the raw 32 bytes, base64url): every other value, a line each. */
export function certificateText(certificate: Omit<Certificate, 'sig'>): string {
  const { number, customership, deletedAt, cause, by, entries, devices, checks, key } = certificate
  return [
    'kotikaynti/certificate/1',
    number,
    customership,
    deletedAt,
    cause,
    by ?? '-',
    String(entries),
    ...devices.map(({ device, state }) => `device ${device} ${state}`),
    ...checks.map(({ what, left }) => `check ${what} ${left}`),
    key
  ].join('\n')
}

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
