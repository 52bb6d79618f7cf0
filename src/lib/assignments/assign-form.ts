import { assignRequestSchema } from '#contract/customership.ts'
import type { EntryId } from '#contract/id.ts'
import type { Task } from '#contract/role.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import type * as z from 'zod/mini'

export type AssignRequest = z.infer<typeof assignRequestSchema>

export interface AssignForm {
  id: EntryId
  worker: string
  from: string
  until: string
  tasks: Partial<Record<Task, boolean>>
}

/** A worker's tasks; administration and oversight belong to the office. */
export const assignableTasks = ['care', 'documents', 'reporting'] as const satisfies Task[]

/** No last day: the assignment lasts until the customership ends. */
export function readAssignForm(form: AssignForm): FormReading<AssignRequest> {
  return readWith(assignRequestSchema, {
    id: form.id,
    data: {
      worker: form.worker,
      from: form.from,
      ...(form.until === '' ? {} : { until: form.until }),
      tasks: assignableTasks.filter((task) => form.tasks[task] === true)
    }
  })
}
