import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { fundingSchema, grantPeriodSchema } from './decision.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { visitOutcomeSchema } from './tally.ts'
import { wordsSchema } from './text.ts'

const minutesSchema = z.int().check(z.minimum(0))

/** One visit in the hours of a summary. */
export const summaryRowSchema = z.strictObject({
  visit: entryIdSchema,
  day: daySchema,
  startedAt: z.optional(momentSchema),
  endedAt: z.optional(momentSchema),
  plannedMinutes: minutesSchema,
  actualMinutes: minutesSchema,
  billableMinutes: minutesSchema,
  worker: userIdSchema,
  outcome: visitOutcomeSchema
})
export type SummaryRow = z.infer<typeof summaryRowSchema>

/** A week, a month or the whole decision in which more was used than granted. */
export const overrunSchema = z.strictObject({
  first: daySchema,
  last: daySchema,
  grantedMinutes: minutesSchema,
  usedMinutes: minutesSchema
})
export type Overrun = z.infer<typeof overrunSchema>

/** The hours of one decision in one month. */
export const decisionFiguresSchema = z.strictObject({
  decision: entryIdSchema,
  number: z.optional(wordsSchema(60)),
  product: settingIdSchema,
  funding: fundingSchema,
  from: daySchema,
  until: daySchema,
  grantedPer: grantPeriodSchema,
  rows: z.array(summaryRowSchema),
  grantedMinutes: minutesSchema,
  plannedMinutes: minutesSchema,
  actualMinutes: minutesSchema,
  /** Billable minutes of the month, and of the decision from its beginning to the month's end. */
  monthMinutes: minutesSchema,
  cumulativeMinutes: minutesSchema,
  /** Negative when more was used than granted. */
  leftMinutes: z.int(),
  overruns: z.array(overrunSchema)
})
export type DecisionFigures = z.infer<typeof decisionFiguresSchema>

/** The name and birth date that the organiser knows the client by; never an address. */
export const summaryClientSchema = z.strictObject({
  firstName: wordsSchema(120),
  lastName: wordsSchema(120),
  birthDate: z.optional(daySchema)
})
export type SummaryClient = z.infer<typeof summaryClientSchema>

export const summaryFiguresSchema = z.strictObject({
  client: summaryClientSchema,
  decisions: z.array(decisionFiguresSchema)
})
export type SummaryFigures = z.infer<typeof summaryFiguresSchema>
