import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { userIdSchema } from './id.ts'
import { saidSchema } from './text.ts'

/** What is said before saving: possible with a reason, visible afterwards. */
export const exceptionCodeSchema = z.enum([
  'ends-before-held-visit',
  'hours-over-grant',
  'leaves-visit-without-worker',
  'worker-not-assigned',
  'outside-decision',
  'clash'
])
export type ExceptionCode = z.infer<typeof exceptionCodeSchema>

/** §6: what goes beyond what was granted or agreed is flagged, never silently accepted: why, by whom, when. */
export const exceptionSchema = z.strictObject({
  codes: z.array(exceptionCodeSchema).check(z.minLength(1), z.maxLength(10)),
  reason: saidSchema(500),
  by: userIdSchema,
  at: momentSchema
})
export type Exception = z.infer<typeof exceptionSchema>

/** The office's answer to `needs-reason`. */
export const reasonSchema = z.optional(saidSchema(500))
