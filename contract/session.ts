import * as z from 'zod/mini'
import { deviceIdSchema, userIdSchema } from './id.ts'
import { roleSchema, taskSchema } from './role.ts'
import { base64urlSchema } from './text.ts'

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
