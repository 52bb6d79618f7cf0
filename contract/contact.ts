import * as z from 'zod/mini'
import { phoneSchema } from './profile.ts'
import { saidSchema, wordsSchema } from './text.ts'

export const relationSchema = z.enum(['guardian', 'child', 'family', 'authority', 'other'])

/** Somebody to reach, or somebody who must not be let in. */
export const contactSchema = z.strictObject({
  name: saidSchema(120),
  relation: relationSchema,
  phone: z.optional(phoneSchema),
  note: z.optional(wordsSchema(500)),
  noContact: z.boolean()
})
export type Contact = z.infer<typeof contactSchema>
