import * as z from 'zod/mini'
import { momentSchema } from './day.ts'
import { customershipIdSchema } from './id.ts'
import { purposeSchema } from './role.ts'

/** What was read on the tablet, offline too. */
export const usageEventSchema = z.strictObject({
  customership: customershipIdSchema,
  kind: z.enum(['open', 'search', 'print', 'show']),
  purpose: purposeSchema,
  at: momentSchema
})
export type UsageEvent = z.infer<typeof usageEventSchema>

/** The body of `usage.report`. */
export const usageReportSchema = z.strictObject({
  events: z.array(usageEventSchema).check(z.minLength(1), z.maxLength(500))
})
