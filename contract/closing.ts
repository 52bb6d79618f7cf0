import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import type { Day } from './day.ts'
import { documentTypeSchema, originalStateSchema } from './document.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { saidSchema } from './text.ts'

/**
 * What the office writes down beside the entries, above all while a customership ends: who settled what,
 * when and how. It lies sealed under the customership's own key, goes with it, and never leaves the office.
 */
const madeBy = { by: userIdSchema, at: momentSchema }
const howSchema = saidSchema(300)
const reasonSchema = saidSchema(500)

/** Why data must be kept although its day has come. */
export const holdGroundSchema = z.enum([
  'legal-claim',
  'authority-request',
  'statutory-retention',
  'unconfirmed-hand-over',
  'other'
])
export type HoldGround = z.infer<typeof holdGroundSchema>

export const unconfirmedDays = 30
export const mostRenewals = 2
/** Where one main user is all there is, a hold is set aside only after a night's sleep or three. */
export const asideDelayHours = 72

/** §7: a recorded legal ground that stops deletion. `until` is the last day of one that ends by itself. */
export const holdSchema = z.strictObject({
  id: entryIdSchema,
  ground: holdGroundSchema,
  words: reasonSchema,
  /** Null: the server set it itself. */
  by: z.nullable(userIdSchema),
  at: momentSchema,
  reviewBy: daySchema,
  until: z.optional(daySchema),
  reviews: z.array(z.strictObject({ ...madeBy, finding: reasonSchema, reviewBy: daySchema })),
  renewals: z.array(z.strictObject({ ...madeBy, reason: reasonSchema, until: daySchema })),
  asides: z.array(z.strictObject({ ...madeBy, reason: reasonSchema })),
  ended: z.optional(
    z.strictObject({ at: momentSchema, how: z.enum(['set-aside', 'confirmed', 'ran-out']) })
  )
})
export type Hold = z.infer<typeof holdSchema>

export const documentFateSchema = z.enum(['returned', 'destroyed'])
export const tickedItemSchema = z.enum(['last-summary', 'portal-events'])
export type TickedItem = z.infer<typeof tickedItemSchema>

export const warningKindSchema = z.enum(['deletion', 'lapse', 'unconfirmed'])
export const warningDays = [14, 7, 3, 1] as const

/** Whom the server warned of what is going to happen by itself, and who has seen it. */
export const warningSchema = z.strictObject({
  kind: warningKindSchema,
  /** What happens on this day. */
  day: daySchema,
  /** Days before it; of what is told daily, how many are left. */
  daysBefore: z.int(),
  at: momentSchema,
  to: z.array(userIdSchema),
  seen: z.array(z.strictObject(madeBy))
})
export type Warning = z.infer<typeof warningSchema>

/** Who saw to what a note raised, when, and what was done. */
export const alarmAnsweredSchema = z.strictObject({
  ...madeBy,
  note: entryIdSchema,
  fields: z.array(settingIdSchema),
  done: reasonSchema
})
export type AlarmAnswered = z.infer<typeof alarmAnsweredSchema>

export const closingRecordSchema = z.strictObject({
  /** The organiser confirms that the record is in its hands. */
  receipt: z.optional(
    z.strictObject({ ...madeBy, from: saidSchema(120), receivedOn: daySchema, how: howSchema })
  ),
  /** Where the provider is controller: what must be kept by law, until when; or that nothing must. */
  retention: z.optional(
    z.strictObject({
      ...madeBy,
      keep: z.nullable(z.strictObject({ ground: reasonSchema, lastDay: daySchema }))
    })
  ),
  ticks: z.array(z.strictObject({ ...madeBy, item: tickedItemSchema, how: howSchema })),
  documents: z.array(
    z.strictObject({
      ...madeBy,
      document: entryIdSchema,
      fate: documentFateSchema,
      how: z.optional(howSchema)
    })
  ),
  holds: z.array(holdSchema),
  resumed: z.array(z.strictObject({ ...madeBy, reason: reasonSchema })),
  warnings: z.array(warningSchema),
  /** Notes that raised an alarm: however old, they are told until everything in them is answered. */
  alarms: z.optional(z.array(entryIdSchema)),
  /** What was done about it, for which fields of the note. */
  answers: z.optional(z.array(alarmAnsweredSchema))
})
export type ClosingRecord = z.infer<typeof closingRecordSchema>

export const emptyRecord: ClosingRecord = {
  ticks: [],
  documents: [],
  holds: [],
  resumed: [],
  warnings: []
}

/** `POST /api/office/customerships/{id}/notes/{note}/answer`: somebody at the office saw to it. */
export const alarmAnswerSchema = z.strictObject({
  fields: z.array(settingIdSchema).check(z.minLength(1), z.maxLength(60)),
  done: reasonSchema
})
export type AlarmAnswer = z.infer<typeof alarmAnswerSchema>

/** `POST /api/office/customerships/{id}/ending/acts`: one thing settled, by whoever is signed in. */
export const closingActSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('cancel'), reason: reasonSchema }),
  z.strictObject({ act: z.literal('tick'), item: tickedItemSchema, how: howSchema }),
  z.strictObject({
    act: z.literal('document'),
    document: entryIdSchema,
    fate: documentFateSchema,
    how: z.optional(howSchema)
  }),
  z.strictObject({
    act: z.literal('receipt'),
    from: saidSchema(120),
    receivedOn: daySchema,
    how: howSchema
  }),
  z.strictObject({
    act: z.literal('retention'),
    keep: z.nullable(z.strictObject({ ground: reasonSchema, lastDay: daySchema }))
  }),
  z.strictObject({
    act: z.literal('hold'),
    id: entryIdSchema,
    ground: z.enum(['legal-claim', 'authority-request', 'other']),
    words: reasonSchema,
    reviewBy: daySchema
  }),
  z.strictObject({
    act: z.literal('review'),
    hold: entryIdSchema,
    finding: reasonSchema,
    reviewBy: daySchema
  }),
  z.strictObject({ act: z.literal('renew'), hold: entryIdSchema, reason: reasonSchema }),
  z.strictObject({ act: z.literal('set-aside'), hold: entryIdSchema, reason: reasonSchema }),
  z.strictObject({ act: z.literal('seen') })
])
export type ClosingAct = z.infer<typeof closingActSchema>
export type ClosingActName = ClosingAct['act']

/** A document and its paper, as the closing list needs them. */
export const closingDocumentSchema = z.object({
  id: entryIdSchema,
  type: documentTypeSchema,
  title: z.optional(z.string()),
  original: originalStateSchema,
  settled: z.nullable(
    z.object({ fate: documentFateSchema, by: userIdSchema, at: momentSchema, how: z.string() })
  )
})
export type ClosingDocument = z.infer<typeof closingDocumentSchema>

/** A hold stands until a person sets it aside, or until its own last day is past. */
export function isStanding({ ended, until }: Pick<Hold, 'ended' | 'until'>, today: Day): boolean {
  return ended === undefined && (until === undefined || until >= today)
}
