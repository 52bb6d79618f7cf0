import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import type { Day } from './day.ts'
import { exceptionSchema } from './exception.ts'
import { settingIdSchema } from './id.ts'
import { saidSchema } from './text.ts'

export const fundingSchema = z.enum(['voucher', 'purchased', 'direct'])
export type Funding = z.infer<typeof fundingSchema>

export const grantPeriodSchema = z.enum(['week', 'month', 'total'])
export type GrantPeriod = z.infer<typeof grantPeriodSchema>

const statementShape = {
  organiser: settingIdSchema,
  controller: z.enum(['organiser', 'provider']),
  product: settingIdSchema,
  funding: fundingSchema,
  number: z.optional(saidSchema(60)),
  from: daySchema,
  until: daySchema,
  grantedMinutes: z.int().check(z.minimum(0), z.maximum(600_000)),
  grantedPer: grantPeriodSchema,
  goals: z.array(saidSchema(300)).check(z.maxLength(12))
}

const endsAfterItBegins = z.refine<{ from: Day; until: Day }>(({ from, until }) => from <= until, {
  path: ['until']
})

/** What the office states of a decision. `until` is the last day on which it is valid. */
export const decisionStatementSchema = z.strictObject(statementShape).check(endsAfterItBegins)
export type DecisionStatement = z.infer<typeof decisionStatementSchema>

/** §6: what the ordering authority granted. Only the server writes that something goes beyond it. */
export const decisionSchema = z
  .strictObject({ ...statementShape, exception: z.optional(exceptionSchema) })
  .check(endsAfterItBegins)
export type Decision = z.infer<typeof decisionSchema>

export function isValidOn(decision: Pick<Decision, 'from' | 'until'>, day: Day): boolean {
  return decision.from <= day && day <= decision.until
}
