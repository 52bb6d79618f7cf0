import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { reviewIdSchema, userIdSchema } from './id.ts'
import { logLineSchema } from './log.ts'
import type { Role, Task } from './role.ts'

/**
 * A quarter, however its months fall: the longest period that one review covers, and how long the register
 * may go without a closed one. GDPR Art. 32(1)(d) asks for regular evaluation and names no interval; a
 * quarter is short enough that whoever is asked about a use remembers it.
 */
export const reviewDays = 92

/** How many uses are drawn at random. */
export const sampleSize = { least: 5, standard: 20, most: 100 } as const

/** How a drawn use was found. */
export const findingSchema = z.enum([
  /** Kunnossa. */
  'fine',
  /** Kysytty työntekijältä. */
  'asked',
  /** Rikkomus. */
  'breach'
])
export type Finding = z.infer<typeof findingSchema>

/** What follows from a breach. */
export const consequenceSchema = z.enum([
  /** The user was told. */
  'told',
  /** The user's rights were changed. */
  'rights-changed',
  /** It is handled as a personal data breach. */
  'incident'
])
export type Consequence = z.infer<typeof consequenceSchema>

/** §12: a main user whose task is to administer or to oversee. */
export const mayReview = ({ role, tasks }: { role: Role; tasks: readonly Task[] }): boolean =>
  role === 'main-user' && (tasks.includes('administration') || tasks.includes('oversight'))

/** `POST /api/office/reviews`: both days are covered. Asking again with the same id draws nothing anew. */
export const reviewRequestSchema = z.strictObject({
  id: reviewIdSchema,
  from: daySchema,
  until: daySchema,
  sample: z.int().check(z.minimum(sampleSize.least), z.maximum(sampleSize.most))
})
export type ReviewRequest = z.infer<typeof reviewRequestSchema>

/** `POST /api/office/reviews/{review}/judgements`: `based` is the line's revision as it was seen. */
export const judgementSchema = z
  .strictObject({
    line: z.int(),
    based: z.int().check(z.minimum(0)),
    finding: findingSchema,
    /** With a breach, and with nothing else. */
    consequence: z.nullable(consequenceSchema)
  })
  .check(
    z.refine(({ finding, consequence }) => (finding === 'breach') === (consequence !== null), {
      path: ['consequence']
    })
  )
export type Judgement = z.infer<typeof judgementSchema>

const countSchema = z.int()

export const reviewSchema = z.object({
  id: reviewIdSchema,
  from: daySchema,
  until: daySchema,
  startedAt: momentSchema,
  startedBy: userIdSchema,
  startedByName: z.string(),
  closedAt: z.nullable(momentSchema),
  closedByName: z.string(),
  /** Whoever judged a line, as they are called now. */
  reviewers: z.array(z.string()),
  /** How many were drawn at random, and how many by the rules of unusual use alone; their sum is what is judged. */
  drawn: countSchema,
  unusual: countSchema,
  judged: countSchema,
  findings: z.object({ fine: countSchema, asked: countSchema, breach: countSchema }),
  consequences: z.object({
    told: countSchema,
    'rights-changed': countSchema,
    incident: countSchema
  })
})
export type Review = z.infer<typeof reviewSchema>

/** `GET /api/office/reviews`: the latest first. */
export const reviewsAnswerSchema = z.object({
  reviews: z.array(reviewSchema),
  /** The period that a new one covers by default. */
  next: z.object({ from: daySchema, until: daySchema }),
  /** Null: a closed one is recent enough. Otherwise since when there is none. */
  overdueSince: z.nullable(daySchema)
})
export type ReviewsAnswer = z.infer<typeof reviewsAnswerSchema>

/** One drawn use and what was found of it. */
export const reviewLineSchema = z.object({
  line: z.int(),
  /** Rises with each judgement. */
  revision: z.int(),
  finding: z.nullable(findingSchema),
  consequence: z.nullable(consequenceSchema),
  judgedByName: z.string(),
  judgedAt: z.nullable(momentSchema),
  /** Whoever asks used it themselves, and cannot judge it. */
  isOwn: z.boolean(),
  /** Null: its years have passed, and the log has it no more. */
  use: z.nullable(logLineSchema)
})
export type ReviewLine = z.infer<typeof reviewLineSchema>

/** `GET /api/office/reviews/{review}`: the newest use first. */
export const reviewAnswerSchema = z.object({
  review: reviewSchema,
  lines: z.array(reviewLineSchema)
})
export type ReviewAnswer = z.infer<typeof reviewAnswerSchema>
