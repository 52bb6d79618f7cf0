import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'

/** What may stand open between the notice and what is true, each worked at a page of its own. */
export const openMatterSchema = z.enum([
  'incidents',
  'requests',
  'untold-clients',
  'unread-notice',
  'unpledged',
  'untrained',
  'overdue-deletions',
  'holds',
  'missing-notes',
  'waiting-tablets',
  'silent-tablets',
  'unpersisted-tablets',
  'awaiting-decision',
  'papers',
  'late-prints',
  'overdue-reviews',
  'suggestions'
])
export type OpenMatter = z.infer<typeof openMatterSchema>

/** `GET /api/office/self-check`: how many of each are open now. Counts, and nothing of any client. */
export const selfCheckSchema = z.object({
  at: momentSchema,
  open: z.array(z.object({ matter: openMatterSchema, count: z.int().check(z.minimum(0)) }))
})
export type SelfCheck = z.infer<typeof selfCheckSchema>
