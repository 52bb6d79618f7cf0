import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import { entryIdSchema, userIdSchema } from './id.ts'

/** What a coordinator should know, or ask for, before a summary is approved. */
export const missingCodeSchema = z.enum([
  'month-running',
  'no-decision',
  'negative-visit',
  'overlapping-visits',
  'two-versions',
  'unfinished-visit',
  'unsigned-note',
  'no-note',
  'unexplained-difference',
  'outside-decision',
  'hours-over',
  'too-long',
  'undelivered'
])
export type MissingCode = z.infer<typeof missingCodeSchema>

/** One thing that is missing: of which visit or decision, and who can mend it. */
export const missingSchema = z.object({
  code: missingCodeSchema,
  worker: z.optional(userIdSchema),
  visit: z.optional(entryIdSchema),
  day: z.optional(daySchema),
  decision: z.optional(entryIdSchema),
  /** Minutes over, or how much a tablet has not delivered. */
  count: z.optional(z.int())
})
export type Missing = z.infer<typeof missingSchema>

/** Told and explained, a summary may be approved with more hours than were granted; nothing is wrong with it. */
export const isExplained = ({ code }: Missing, overrun: string | undefined): boolean =>
  code === 'hours-over' && (overrun ?? '').trim() !== ''
