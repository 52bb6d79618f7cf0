import * as z from 'zod/mini'

/** The organisation's own picture on its papers: small enough that each paper of a month can carry it. */
export const emblemLimits = { bytes: 200 * 1024, side: 2000, pixels: 1_000_000 } as const

export const emblemMediaTypeSchema = z.enum(['image/png', 'image/jpeg'])
export type EmblemMediaType = z.infer<typeof emblemMediaTypeSchema>

/**
 * `PUT /api/office/organisation/emblem`: the file itself is the body. The answer tells its size in pixels, as
 * the bytes say it.
 */
export const emblemAnswerSchema = z.object({
  mediaType: emblemMediaTypeSchema,
  width: z.int(),
  height: z.int()
})
export type EmblemAnswer = z.infer<typeof emblemAnswerSchema>
