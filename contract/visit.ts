import * as z from 'zod/mini'
import { momentSchema } from './day.ts'
import { exceptionSchema } from './exception.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { wordsSchema } from './text.ts'

export const recordedVisitStateSchema = z.enum([
  'started',
  'completed',
  'cancelled-in-time',
  'cancelled-late',
  'not-at-home',
  'cancelled-by-provider'
])
export type RecordedVisitState = z.infer<typeof recordedVisitStateSchema>

export const visitStateSchema = z.enum(['planned', ...recordedVisitStateSchema.options])
export type VisitState = z.infer<typeof visitStateSchema>

/**
 * 703/2023: how a visit stood before it was corrected, and who had recorded it so and when. Why it was
 * corrected is the `reason` of what came next.
 */
export const formerRecordSchema = z.strictObject({
  state: recordedVisitStateSchema,
  startedAt: z.optional(momentSchema),
  endedAt: z.optional(momentSchema),
  reason: z.optional(wordsSchema(500)),
  by: userIdSchema,
  at: momentSchema
})
export type FormerRecord = z.infer<typeof formerRecordSchema>

/** A planned or held visit. Planned and actual times are different facts and both are kept. */
export const visitSchema = z.strictObject({
  decision: entryIdSchema,
  product: settingIdSchema,
  worker: userIdSchema,
  plannedStart: z.optional(momentSchema),
  plannedEnd: z.optional(momentSchema),
  startedAt: z.optional(momentSchema),
  endedAt: z.optional(momentSchema),
  state: visitStateSchema,
  reason: z.optional(wordsSchema(500)),
  kilometres: z.optional(z.number().check(z.minimum(0), z.maximum(2000))),
  /** Made together, a week apart. */
  series: z.optional(entryIdSchema),
  exception: z.optional(exceptionSchema),
  /** The visit that this version stands beside: two tablets recorded it differently. */
  forkOf: z.optional(entryIdSchema),
  /** The colleague's visit that this worker was at too, with times of their own. */
  shares: z.optional(entryIdSchema),
  /** What was recorded before it was corrected, the oldest first. */
  formerly: z.optional(z.array(formerRecordSchema))
})
export type Visit = z.infer<typeof visitSchema>

/** The body of `visit.record`. */
export const visitRecordSchema = z
  .strictObject({
    visit: entryIdSchema,
    decision: entryIdSchema,
    product: settingIdSchema,
    startedAt: momentSchema,
    endedAt: z.optional(momentSchema),
    state: recordedVisitStateSchema,
    reason: z.optional(wordsSchema(500)),
    kilometres: z.optional(z.number().check(z.minimum(0), z.maximum(2000))),
    shares: z.optional(entryIdSchema)
  })
  .check(
    z.refine(
      (visit) => !visit.endedAt || Date.parse(visit.startedAt) <= Date.parse(visit.endedAt),
      {
        path: ['endedAt']
      }
    ),
    z.refine((visit) => visit.state !== 'completed' || visit.endedAt !== undefined, {
      path: ['endedAt']
    })
  )
export type VisitRecord = z.infer<typeof visitRecordSchema>

/** What the office plans. */
export const visitPlanSchema = z
  .strictObject({
    decision: entryIdSchema,
    worker: userIdSchema,
    plannedStart: momentSchema,
    plannedEnd: momentSchema
  })
  .check(
    z.refine((plan) => Date.parse(plan.plannedStart) < Date.parse(plan.plannedEnd), {
      path: ['plannedEnd']
    })
  )
export type VisitPlan = z.infer<typeof visitPlanSchema>
