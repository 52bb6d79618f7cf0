import { assignRequestSchema } from '#contract/customership.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import type { Task } from '#contract/role.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import type * as z from 'zod/mini'

export type AssignRequest = z.infer<typeof assignRequestSchema>

export interface AssignForm {
  id: EntryId
  /** The revision that was read, when one is changed. */
  based: number | null
  worker: string
  from: string
  until: string
  substituteFor: string
  tasks: Partial<Record<Task, boolean>>
}

/** A worker's tasks; administration and oversight belong to the office. */
export const assignableTasks = ['care', 'documents', 'reporting'] as const satisfies Task[]

export function assignFormOf({ id, revision, data }: Entry<'assignment'>): AssignForm {
  return {
    id,
    based: revision,
    worker: data.worker,
    from: data.from,
    until: data.until ?? '',
    substituteFor: data.substituteFor ?? '',
    tasks: Object.fromEntries(data.tasks.map((task) => [task, true]))
  }
}

/** No last day: the assignment lasts until the customership ends. A substitute's always has one. */
export function readAssignForm(form: AssignForm): FormReading<AssignRequest> {
  if (form.substituteFor !== '' && form.until === '')
    return { read: null, wrong: { until: 'wrong.day' } }
  return readWith(assignRequestSchema, {
    id: form.id,
    ...(form.based === null ? {} : { based: form.based }),
    data: {
      worker: form.worker,
      from: form.from,
      ...(form.until === '' ? {} : { until: form.until }),
      ...(form.substituteFor === '' ? {} : { substituteFor: form.substituteFor }),
      tasks: assignableTasks.filter((task) => form.tasks[task] === true)
    }
  })
}
