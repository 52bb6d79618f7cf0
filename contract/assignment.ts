import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import { exceptionSchema } from './exception.ts'
import { userIdSchema } from './id.ts'
import { taskSchema } from './role.ts'

/** Which worker serves which customership, from the first to the last day. No last day: until the customership ends. */
export const assignmentSchema = z
  .strictObject({
    worker: userIdSchema,
    from: daySchema,
    until: z.optional(daySchema),
    tasks: z.array(taskSchema).check(z.minLength(1), z.maxLength(5)),
    /** For a day or a few, in place of another: it expires by itself. */
    substituteFor: z.optional(userIdSchema),
    exception: z.optional(exceptionSchema)
  })
  .check(
    z.refine(
      (assignment) => assignment.until === undefined || assignment.from <= assignment.until,
      {
        path: ['until']
      }
    )
  )
export type Assignment = z.infer<typeof assignmentSchema>
