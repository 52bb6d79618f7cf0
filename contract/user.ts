import * as z from 'zod/mini'
import { momentSchema } from './day.ts'
import { userIdSchema } from './id.ts'
import { roleSchema, taskSchema } from './role.ts'
import { usernameSchema } from './session.ts'
import { saidSchema } from './text.ts'

export const userSummarySchema = z.object({
  id: userIdSchema,
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  tasks: z.array(taskSchema),
  state: z.enum(['invited', 'active', 'closed']),
  lastSeenAt: z.nullable(momentSchema)
})
export type UserSummary = z.infer<typeof userSummarySchema>
export const userListSchema = z.object({ users: z.array(userSummarySchema) })

/** `POST /api/office/users` invites; the answer's code is shown once and told by another way. */
export const inviteRequestSchema = z.strictObject({
  username: usernameSchema,
  displayName: saidSchema(80),
  role: roleSchema,
  tasks: z.array(taskSchema).check(z.minLength(1), z.maxLength(5))
})
export const inviteAnswerSchema = z.object({
  id: userIdSchema,
  code: z.string(),
  validUntil: momentSchema
})
