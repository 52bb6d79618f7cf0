import type { Role, Task } from '#contract/role.ts'
import {
  tasksOfRole,
  userRequestSchema,
  type UserRequest,
  type UserSummary
} from '#contract/user.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

export type Rights = UserRequest['seen']

export interface RightsForm {
  displayName: string
  role: Role
  tasks: Partial<Record<Task, boolean>>
}

export const rightsOf = ({ displayName, role, tasks }: UserSummary): Rights => ({
  displayName,
  role,
  tasks: [...tasks].sort()
})

export const rightsFormOf = ({ displayName, role, tasks }: Rights): RightsForm => ({
  displayName,
  role,
  tasks: Object.fromEntries(tasks.map((task) => [task, true]))
})

const stated = (form: RightsForm): Rights => ({
  displayName: form.displayName.trim(),
  role: form.role,
  tasks: tasksOfRole[form.role].filter((task) => form.tasks[task] === true).sort()
})

/** Nothing of the form differs from what it began with: then it may follow what others save. */
export const isUntouched = (form: RightsForm, seen: Rights): boolean =>
  JSON.stringify(stated(form)) === JSON.stringify(seen)

export function readRightsForm(form: RightsForm, seen: Rights): FormReading<UserRequest> {
  return readWith(userRequestSchema, { seen, ...stated(form) })
}
