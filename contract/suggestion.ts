import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { userIdSchema } from './id.ts'
import { profileFields, sourceSchema } from './profile.ts'
import { saidSchema } from './text.ts'

/** A worker's proposed correction of one field of the profile, in the worker's words. */
export const suggestionSchema = z.strictObject({
  field: z.enum(profileFields),
  value: saidSchema(2000),
  source: sourceSchema,
  author: userIdSchema,
  suggestedAt: momentSchema,
  state: z.enum(['open', 'accepted', 'declined']),
  decidedBy: z.optional(userIdSchema),
  decidedAt: z.optional(momentSchema),
  word: z.optional(saidSchema(500))
})
export type Suggestion = z.infer<typeof suggestionSchema>

/** The body of `profile.suggest`; the suggestion's id follows from the operation's. */
export const suggestBodySchema = z.strictObject({
  field: z.enum(profileFields),
  value: saidSchema(2000),
  source: sourceSchema
})
