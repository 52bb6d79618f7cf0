import * as z from 'zod/mini'
import { emailSchema, phoneSchema, postalCodeSchema } from './profile.ts'
import { saidSchema, wordsSchema } from './text.ts'

export const relationSchema = z.enum(['guardian', 'child', 'family', 'authority', 'other'])

/** Who decides for the child, as far as the work needs to know it. */
export const custodySchema = z.enum(['sole', 'joint', 'restricted', 'none'])

/** Another home of the family. A protected one is shown where the visit needs it; elsewhere only that there is one. */
export const homeSchema = z.strictObject({
  street: z.optional(saidSchema(120)),
  postalCode: z.optional(postalCodeSchema),
  town: z.optional(saidSchema(60)),
  access: z.optional(wordsSchema(1000)),
  isProtected: z.boolean()
})
export type Home = z.infer<typeof homeSchema>

/** Somebody to reach, or somebody who must not be let in. */
export const contactSchema = z.strictObject({
  name: saidSchema(120),
  relation: relationSchema,
  phone: z.optional(phoneSchema),
  email: z.optional(emailSchema),
  custody: z.optional(custodySchema),
  home: z.optional(homeSchema),
  note: z.optional(wordsSchema(500)),
  noContact: z.boolean()
})
export type Contact = z.infer<typeof contactSchema>
