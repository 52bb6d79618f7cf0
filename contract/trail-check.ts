import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'

/** What is wrong with the trail, or with a log that it tells of. `trail.ts` and the judge say what each means. */
export const trailFaultCodeSchema = z.enum([
  'head',
  'form',
  'missing',
  'order',
  'changed',
  'rewritten',
  'signature',
  'cut',
  'key',
  'log-changed',
  'log-missing',
  'log-added'
])
export type TrailFaultCode = z.infer<typeof trailFaultCodeSchema>

/** `GET /api/office/log/check`: the trail of this register, and the logs against it. */
export const trailCheckSchema = z.object({
  at: momentSchema,
  entries: z.int(),
  firstAt: z.nullable(momentSchema),
  /** Lines of the logs that were compared with what the trail committed to. */
  compared: z.int(),
  /** Those of customerships that are deleted: nobody can say any more what was committed to. */
  forgotten: z.int(),
  /** Those whose log has been kept for its time, and is gone. */
  expired: z.int(),
  /** Checkpoints that the trail was held against, and when the newest was made. */
  checkpoints: z.int(),
  checkpointAt: z.nullable(momentSchema),
  restored: z.array(z.object({ number: z.int(), at: momentSchema })),
  /** The key that signs, 43 characters. */
  key: z.string(),
  /** The first of them; empty: whole. */
  faults: z.array(z.object({ code: trailFaultCodeSchema, number: z.nullable(z.int()) }))
})
export type TrailCheck = z.infer<typeof trailCheckSchema>
