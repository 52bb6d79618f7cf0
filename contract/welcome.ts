import * as z from 'zod/mini'
import { roleSchema } from './role.ts'
import { passwordSchema, usernameSchema } from './session.ts'
import { businessIdSchema } from './settings.ts'
import { base64urlSchema, saidSchema } from './text.ts'

/** `POST /api/welcome`: a one-time code becomes an account with a password of its own. */
export const welcomeRequestSchema = z.strictObject({
  code: base64urlSchema(100),
  username: usernameSchema,
  displayName: saidSchema(80),
  password: passwordSchema,
  /** Only when the code is the first of a new register. */
  organisation: z.optional(
    z.strictObject({
      name: saidSchema(120),
      businessId: z.optional(businessIdSchema),
      phone: z.optional(z.string().check(z.maxLength(40))),
      organiser: saidSchema(120)
    })
  )
})
export const welcomeStatusRequestSchema = z.strictObject({ code: base64urlSchema(100) })
export const welcomeStatusSchema = z.object({
  role: roleSchema,
  first: z.boolean(),
  /** They have been in before, and get a new password. */
  returning: z.optional(z.boolean()),
  username: z.optional(z.string()),
  displayName: z.optional(z.string())
})
