import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { toMilliseconds, type Moment } from './day.ts'
import { exceptionSchema } from './exception.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { revisionSchema } from './revision.ts'
import { splitSchema } from './split.ts'
import { saidSchema, wordsSchema } from './text.ts'

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
  split: z.optional(splitSchema),
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
  /** The time was shared by siblings, each a customership of its own. */
  split: z.optional(splitSchema),
  /** The main user who recorded it for its worker, from a paper day sheet. */
  recordedBy: z.optional(userIdSchema),
  /** What was recorded before it was corrected, the oldest first. */
  formerly: z.optional(z.array(formerRecordSchema))
})
export type Visit = z.infer<typeof visitSchema>

type Told = Pick<Visit, 'state' | 'endedAt'> & { readonly startedAt: Moment }

const isInOrder = ({ startedAt, endedAt }: Told): boolean =>
  !endedAt || toMilliseconds(startedAt) <= toMilliseconds(endedAt)

const hasItsEnd = ({ state, endedAt }: Told): boolean =>
  state !== 'completed' || endedAt !== undefined

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
    shares: z.optional(entryIdSchema),
    /** Left out, the visit is this customership's alone. */
    split: z.optional(splitSchema)
  })
  .check(z.refine(isInOrder, { path: ['endedAt'] }), z.refine(hasItsEnd, { path: ['endedAt'] }))
export type VisitRecord = z.infer<typeof visitRecordSchema>

/**
 * `PUT /api/office/customerships/{id}/visits/{visit}/record`: what a main user records of a visit for its
 * worker, and why it is recorded at the office.
 */
export const recordAtOfficeSchema = z
  .strictObject({
    based: revisionSchema,
    startedAt: momentSchema,
    endedAt: z.optional(momentSchema),
    state: z.enum([
      'completed',
      'cancelled-in-time',
      'cancelled-late',
      'not-at-home',
      'cancelled-by-provider'
    ]),
    reason: saidSchema(500)
  })
  .check(z.refine(isInOrder, { path: ['endedAt'] }), z.refine(hasItsEnd, { path: ['endedAt'] }))
export type RecordAtOffice = z.infer<typeof recordAtOfficeSchema>

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
