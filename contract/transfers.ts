import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import { exportProfileSchema } from './export-profile.ts'
import { customershipIdSchema, entryIdSchema, settingIdSchema } from './id.ts'
import { lineFlags } from './line-flag.ts'
import { monthSchema } from './month.ts'
import type { Role, Task } from './role.ts'
import {
  claimSchema,
  serviceEventSchema,
  serviceEventStateSchema,
  transferChannelSchema
} from './service-event.ts'
import { saidSchema } from './text.ts'
import { transferAlarms } from './transfer-alarm.ts'
import { transferSettingsSchema } from './transfer-terms.ts'

/** §12: rights are limited by the task. */
export const mayTransfer = ({ role, tasks }: { role: Role; tasks: readonly Task[] }): boolean =>
  role === 'main-user' && tasks.some((task) => task === 'reporting' || task === 'administration')

/** `GET /api/office/transfers?month=`. */
export const transfersRequestSchema = z.strictObject({ month: monthSchema })

const placedEventSchema = z.object({ id: entryIdSchema, data: serviceEventSchema })

/** One visit as a portal is to hear of it, beside what it has heard; the fingerprint is of the former. */
export const transferLineSchema = z.object({
  customership: customershipIdSchema,
  firstName: z.string(),
  lastName: z.string(),
  visit: entryIdSchema,
  decision: entryIdSchema,
  organiser: settingIdSchema,
  product: settingIdSchema,
  channel: transferChannelSchema,
  day: daySchema,
  claim: claimSchema,
  fingerprint: z.string(),
  flags: z.array(z.enum(lineFlags)),
  alarms: z.array(z.enum(transferAlarms)),
  event: z.nullable(placedEventSchema),
  former: z.array(placedEventSchema)
})
export type TransferLine = z.infer<typeof transferLineSchema>

/** The lines of one month in the portals' order, and in which other months something waits. */
export const transfersAnswerSchema = z.object({
  month: monthSchema,
  settings: transferSettingsSchema,
  lines: z.array(transferLineSchema),
  months: z.array(z.object({ month: monthSchema, open: z.int(), alarms: z.int() }))
})
export type TransfersAnswer = z.infer<typeof transfersAnswerSchema>

/** What a person saw in the portal or did there. `from` and `seen` are as the screen showed them. */
const transferMoveSchema = z.strictObject({
  customership: customershipIdSchema,
  visit: entryIdSchema,
  /** A new one for what is told first: the office makes its id, so that a repeated request is the same one. */
  event: entryIdSchema,
  from: z.nullable(serviceEventStateSchema),
  to: z.union([serviceEventStateSchema, z.literal('take-back')]),
  seen: saidSchema(64),
  externalNumber: z.optional(saidSchema(60)),
  reason: z.optional(saidSchema(500))
})
export type TransferMove = z.infer<typeof transferMoveSchema>

/** `POST /api/office/transfers/moves`: each is done, or answered why not, by itself. */
export const transferMovesSchema = z.strictObject({
  moves: z.array(transferMoveSchema).check(z.minLength(1), z.maxLength(500))
})

export const moveOutcomeSchema = z.enum([
  'done',
  /** Somebody was faster, or the visit was put right meanwhile. */
  'conflict',
  'not-found',
  /** The portal does not let it go there from here. */
  'not-allowed',
  'needs-reason',
  'incomplete'
])
export type MoveOutcome = z.infer<typeof moveOutcomeSchema>

export const moveResultsSchema = z.object({
  results: z.array(z.object({ visit: entryIdSchema, outcome: moveOutcomeSchema }))
})
export type MoveResults = z.infer<typeof moveResultsSchema>

/** As many as one request carries: what is over goes into the next file. */
export const mostExported = 4000

/**
 * `POST /api/office/transfers/exports`: one file, all or nothing. What was in a file before is refused with
 * `exported-before` at its place, unless it is asked for `again`; what was corrected since it was told with
 * `changed-since`, until its event is withdrawn. Of more than one organiser or portal the list is `mixed`.
 */
export const transferExportSchema = z.strictObject({
  profile: exportProfileSchema,
  again: z.boolean(),
  events: z
    .array(
      z.strictObject({
        customership: customershipIdSchema,
        visit: entryIdSchema,
        event: entryIdSchema,
        seen: saidSchema(64)
      })
    )
    .check(z.minLength(1), z.maxLength(mostExported))
})
export type TransferExport = z.infer<typeof transferExportSchema>

export const transferFileSchema = z.object({
  name: z.string(),
  mediaType: z.string(),
  /** base64url. */
  bytes: z.string(),
  /** SHA-256 of the file, hex: what the disclosure log holds of it. */
  fingerprint: z.string(),
  lines: z.int(),
  /** Characters that the encoding has not. */
  lost: z.int()
})
export type TransferFile = z.infer<typeof transferFileSchema>
