import type { Role, Task } from '#contract/role.ts'
import { inviteRequestSchema, tasksOfRole } from '#contract/user.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import type * as z from 'zod/mini'

export type InviteRequest = z.infer<typeof inviteRequestSchema>

export interface InviteForm {
  username: string
  displayName: string
  role: Role
  tasks: Partial<Record<Task, boolean>>
}

export function emptyInviteForm(): InviteForm {
  return { username: '', displayName: '', role: 'worker', tasks: { care: true } }
}

export function readInviteForm(form: InviteForm): FormReading<InviteRequest> {
  return readWith(inviteRequestSchema, {
    username: form.username.trim().toLowerCase(),
    displayName: form.displayName.trim(),
    role: form.role,
    tasks: tasksOfRole[form.role].filter((task) => form.tasks[task] === true)
  })
}

const plain: Readonly<Record<string, string>> = { å: 'a', ä: 'a', ö: 'o', é: 'e', ü: 'u' }

/** `Aino Mäki-Virtanen` → `aino.maki-virtanen`, a suggestion that stays editable. */
export function suggestUsername(displayName: string): string {
  return displayName
    .trim()
    .toLocaleLowerCase('fi')
    .replace(/[åäöéü]/g, (letter) => plain[letter] ?? letter)
    .replace(/\s+/g, '.')
    .replace(/[^a-z0-9.-]/g, '')
    .slice(0, 40)
}
