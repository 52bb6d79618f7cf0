import * as z from 'zod/mini'
import { titleSchema } from './text.ts'

/** `GET /api/notice`, as much of it as whoever acknowledges it is told first. */
export const noticeNewsSchema = z.object({
  notice: z.object({ version: z.int() }),
  versions: z.array(
    z.object({ version: z.int(), summary: z.nullable(z.object(titleSchema.shape)) })
  )
})
