import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { customershipIdSchema, entryIdSchema, userIdSchema } from './id.ts'
import { saidSchema } from './text.ts'
import { wishSchema } from './wish.ts'

/** A few words of the office about what is asked. */
const wordSchema = z.optional(saidSchema(300))

/**
 * The office asks a worker to complete a visit. Who asked and when is the entry's own `by` and `at`.
 * Whether it is done is not written down: it is told from the visit and its notes, at the office and on the
 * tablet alike. Taken back, it is removed.
 */
export const completionRequestSchema = z.strictObject({
  visit: entryIdSchema,
  worker: userIdSchema,
  wish: wishSchema,
  word: wordSchema
})
export type CompletionRequest = z.infer<typeof completionRequestSchema>

/** `POST /api/office/completion-requests`: one thing, or all that one worker has left of a month. */
export const askToCompleteSchema = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        customership: customershipIdSchema,
        visit: entryIdSchema,
        worker: userIdSchema,
        wish: wishSchema
      })
    )
    .check(z.minLength(1), z.maxLength(200)),
  word: wordSchema
})
export type AskToComplete = z.infer<typeof askToCompleteSchema>

/**
 * `already`: somebody has asked for it today, and the worker is not asked twice. `done`: nothing is wanting
 * any more. `out-of-reach`: the worker does not serve the client now, and no tablet of theirs would show it.
 */
export const askOutcomeSchema = z.enum(['asked', 'already', 'done', 'out-of-reach', 'absent'])
export type AskOutcome = z.infer<typeof askOutcomeSchema>

export const askAnswerSchema = z.object({
  results: z.array(
    z.object({
      customership: customershipIdSchema,
      visit: entryIdSchema,
      worker: userIdSchema,
      wish: wishSchema,
      outcome: askOutcomeSchema
    })
  )
})
export type AskAnswer = z.infer<typeof askAnswerSchema>

/** `POST /api/office/customerships/{id}/completion-requests/withdrawal`. */
export const withdrawalSchema = z.strictObject({ request: entryIdSchema })

/** A request as a list of the office tells it. */
export const toldRequestSchema = z.object({
  request: entryIdSchema,
  visit: entryIdSchema,
  worker: userIdSchema,
  wish: wishSchema,
  word: wordSchema,
  by: userIdSchema,
  at: momentSchema,
  /** The visit's. */
  day: daySchema,
  /** What it asks for is not done yet. */
  isOpen: z.boolean()
})
export type ToldRequest = z.infer<typeof toldRequestSchema>
