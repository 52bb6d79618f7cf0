import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { customershipIdSchema, deviceIdSchema, operationIdSchema, userIdSchema } from './id.ts'
import { operationSchema } from './operation.ts'
import { saidSchema } from './text.ts'

/** `GET /api/office/awaiting/{id}`: one operation that a person must decide on, opened for that. */
export const heldAnswerSchema = z.object({
  id: operationIdSchema,
  customership: z.nullable(customershipIdSchema),
  /** Of the client; null where the operation names none that there is. */
  name: z.nullable(z.string()),
  code: z.string(),
  author: z.nullable(userIdSchema),
  device: deviceIdSchema,
  deviceName: z.string(),
  receivedAt: momentSchema,
  /** What was done; null when it cannot be read as anything known. */
  operation: z.nullable(operationSchema),
  /** Then these are the texts in it, wherever they stand. */
  texts: z.array(z.string()),
  /** When the visit that it is about was held or planned. */
  visitStart: z.nullable(momentSchema),
  /** Whether it can become part of the record. */
  mayAccept: z.boolean()
})
export type HeldAnswer = z.infer<typeof heldAnswerSchema>

export const heldDecisionSchema = z.enum(['accept', 'return', 'decline'])
export type HeldDecision = z.infer<typeof heldDecisionSchema>

/**
 * `POST /api/office/awaiting`: one decision on several, in the order in which they were written.
 * `return`: the author is asked to write it anew. `decline`: it does not become part of the record.
 * Either tells the author why.
 */
export const heldDecisionsSchema = z.strictObject({
  ids: z.array(operationIdSchema).check(z.minLength(1), z.maxLength(100)),
  decision: heldDecisionSchema,
  reason: z.optional(saidSchema(500))
})

/** One that could not be accepted still awaits its decision, for the reason that its code tells. */
export const heldResultsSchema = z.object({
  results: z.array(
    z.object({
      id: operationIdSchema,
      outcome: z.enum(['applied', 'refused', 'awaiting-decision']),
      code: z.optional(z.string())
    })
  )
})
export type HeldResults = z.infer<typeof heldResultsSchema>
