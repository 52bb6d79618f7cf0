import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { reasonSchema } from './exception.ts'
import { customershipIdSchema, entryIdSchema, userIdSchema } from './id.ts'
import { roleSchema, taskSchema, type Role, type Task } from './role.ts'
import { pendingSchema, usernameSchema } from './session.ts'
import { saidSchema } from './text.ts'

export const userSummarySchema = z.object({
  id: userIdSchema,
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  tasks: z.array(taskSchema),
  state: z.enum(['invited', 'active', 'closed']),
  lastSeenAt: z.nullable(momentSchema),
  /** §12, §14: when each was last done. */
  pledgedAt: z.nullable(momentSchema),
  trainedAt: z.nullable(momentSchema),
  noticeAt: z.nullable(momentSchema),
  noticeVersion: z.nullable(z.int()),
  /** What keeps client data closed to them until it is done. */
  pending: z.array(pendingSchema)
})
export type UserSummary = z.infer<typeof userSummarySchema>
export const userListSchema = z.object({ users: z.array(userSummarySchema) })

/** §12: rights are limited by the task, and some tasks belong to the office alone. */
export const tasksOfRole = {
  worker: ['care', 'documents', 'reporting'],
  'main-user': ['administration', 'care', 'documents', 'reporting', 'oversight']
} as const satisfies Record<Role, readonly Task[]>

const rights = {
  displayName: saidSchema(80),
  role: roleSchema,
  tasks: z.array(taskSchema).check(z.minLength(1), z.maxLength(5))
}

const tasksFitRole = z.refine<{ role: Role; tasks: Task[] }>(
  ({ role, tasks }) => tasks.every((task) => tasksOfRole[role].some((one) => one === task)),
  { path: ['tasks'] }
)

/** `POST /api/office/users` invites; the answer's code is shown once and told by another way. */
export const inviteRequestSchema = z
  .strictObject({ username: usernameSchema, ...rights })
  .check(tasksFitRole)
export const inviteAnswerSchema = z.object({
  id: userIdSchema,
  code: z.string(),
  validUntil: momentSchema
})

/** `PUT /api/office/users/{id}`. `seen` is what the change began from: another's change meanwhile is a conflict. */
export const userRequestSchema = z
  .strictObject({
    seen: z.strictObject({
      displayName: z.string(),
      role: roleSchema,
      tasks: z.array(taskSchema).check(z.maxLength(5))
    }),
    ...rights
  })
  .check(tasksFitRole)
export type UserRequest = z.infer<typeof userRequestSchema>

/** `GET /api/office/users/{id}/closing`: what goes with a user who leaves, before anything is done. */
export const leavingSchema = z.object({
  assignments: z.int(),
  devices: z.int(),
  /** Planned visits that lose their worker, soonest first. */
  visits: z.array(
    z.object({
      customership: customershipIdSchema,
      visit: entryIdSchema,
      name: z.string(),
      plannedStart: momentSchema
    })
  )
})
export type Leaving = z.infer<typeof leavingSchema>

/** `POST /api/office/users/{id}/closing`. */
export const closingRequestSchema = z.strictObject({ reason: reasonSchema })
