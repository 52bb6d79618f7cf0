import * as z from 'zod/mini'
import { deviceIdSchema, userIdSchema } from './id.ts'
import { businessIdSchema } from './settings.ts'
import { roleSchema, taskSchema } from './role.ts'
import { base64urlSchema, saidSchema } from './text.ts'

/** What a user must do before client data opens, in this order. */
export const pendingSchema = z.enum(['change-password', 'secrecy-pledge', 'training', 'notice'])
export type Pending = z.infer<typeof pendingSchema>

export const signedInUserSchema = z.object({
  id: userIdSchema,
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  tasks: z.array(taskSchema)
})
export type SignedInUser = z.infer<typeof signedInUserSchema>

export const sessionAnswerSchema = z.object({
  user: signedInUserSchema,
  pending: z.array(pendingSchema)
})
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>

/** `GET /api/session/if-any`: that nobody is signed in is an answer to it, and no error. */
export const sessionIfAnySchema = z.object({ session: z.nullable(sessionAnswerSchema) })
export type SessionIfAny = z.infer<typeof sessionIfAnySchema>

export const usernameSchema = z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{1,39}$/))
/** OWASP ASVS 2.1: length is what counts; no composition rules. */
export const passwordSchema = z.string().check(z.minLength(12), z.maxLength(200))

export const signInRequestSchema = z.strictObject({
  username: z.string().check(z.minLength(1), z.maxLength(100)),
  password: z.string().check(z.minLength(1), z.maxLength(200))
})

export const unlockOptionsRequestSchema = z.strictObject({ device: deviceIdSchema })
export const challengeAnswerSchema = z.object({ challenge: z.string() })
export const unlockRequestSchema = z.strictObject({
  device: deviceIdSchema,
  challenge: base64urlSchema(100),
  sig: base64urlSchema(100)
})

/** `POST /api/session/pending`: one thing done. A password is needed for `change-password` only. */
export const pendingDoneRequestSchema = z.strictObject({
  done: pendingSchema,
  password: z.optional(passwordSchema)
})

/** `POST /api/session/password`: one's own, by who knows the present one. */
export const passwordChangeRequestSchema = z.strictObject({
  current: z.string().check(z.minLength(1), z.maxLength(200)),
  password: passwordSchema
})

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
