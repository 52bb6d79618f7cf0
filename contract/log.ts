import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { customershipIdSchema, userIdSchema } from './id.ts'
import { monthSchema } from './month.ts'
import { purposeSchema } from './role.ts'
import { usageKindSchema, usageLineSchema } from './usage.ts'

/** A use that somebody should look at (DOMAIN.md, defaults). Each is explained in one sentence. */
export const unusualSchema = z.enum([
  /** Between 22 and 6 in Finland. */
  'night',
  /** More than 30 openings within an hour by the same user. */
  'many',
  /** The client has the user's own surname. */
  'own-name'
])
export type Unusual = z.infer<typeof unusualSchema>

export const nightHours = { from: 22, until: 6 } as const
export const openingsAnHour = 30

/** Where a page of the log goes on: the time and the line of the last one. */
export const logCursorSchema = z.string().check(z.regex(/^\d{1,16}-\d{1,16}$/))

const whatShape = {
  purpose: z.optional(purposeSchema),
  kind: z.optional(usageKindSchema),
  month: z.optional(monthSchema),
  before: z.optional(logCursorSchema)
}

/** `GET /api/log`: one's own. */
export const ownLogRequestSchema = z.strictObject(whatShape)

/** `GET /api/office/log`: newest first. */
export const logRequestSchema = z.strictObject({
  ...whatShape,
  user: z.optional(userIdSchema),
  customership: z.optional(customershipIdSchema),
  /** Only what somebody should look at. */
  unusual: z.optional(z.literal('1'))
})
export type LogRequest = z.infer<typeof logRequestSchema>

/** With the names that its ids have now. */
export const logLineSchema = z.object({
  ...usageLineSchema.shape,
  line: z.int(),
  customership: z.nullable(customershipIdSchema),
  isDeleted: z.boolean(),
  /** Null: no client, a deleted one, or whoever asks only oversees. */
  clientName: z.nullable(z.string()),
  unusual: z.array(unusualSchema)
})
export type LogLine = z.infer<typeof logLineSchema>

export const logAnswerSchema = z.object({
  lines: z.array(logLineSchema),
  next: z.nullable(logCursorSchema)
})
export type LogAnswer = z.infer<typeof logAnswerSchema>

/** `GET /api/office/acts?user=&before=`: what users did beside the data of clients, newest first. */
export const actsRequestSchema = z.strictObject({
  user: z.optional(userIdSchema),
  before: z.optional(z.string().check(z.regex(/^\d{1,16}$/)))
})

export const actLineSchema = z.object({
  line: z.int(),
  at: momentSchema,
  user: z.nullable(userIdSchema),
  userName: z.string(),
  /** `sign-in`, the request as it is mounted, or what was done at the server’s console (`console-act.ts`). */
  act: z.string(),
  /** Whom or what it was about: a name where it is a user, a tablet or somebody's print, an id otherwise. */
  subject: z.nullable(z.string()),
  isRefused: z.boolean()
})
export type ActLine = z.infer<typeof actLineSchema>

export const actsAnswerSchema = z.object({
  lines: z.array(actLineSchema),
  next: z.nullable(z.string())
})
export type ActsAnswer = z.infer<typeof actsAnswerSchema>
