import type { ImportIssue } from '#contract/import.ts'
import type { ProfileField } from '#contract/profile.ts'
import { say, type MessageKey } from '#lib/i18n/say.ts'
import { parseTarget, type Target } from './target.ts'

type FieldKey = Extract<MessageKey, `import.field.${string}`> | `profile.${ProfileField}`
type GroupKey = Extract<MessageKey, `import.group.${string}`>

/** A profile's fields have words of their own, but for the two that are several in one. */
const together = new Set(['fullName', 'fullAddress'])

/** What a field is called, whichever of its groups it is in. */
export function fieldLabel(kind: string, field: string): string {
  if (field === 'key') return say('import.key')
  if (kind === 'contact' && field === 'custody') return say('contact.custody')
  const isOwn = kind === 'profile' && !together.has(field)
  return say((isOwn ? `profile.${field}` : `import.field.${kind}.${field}`) as FieldKey)
}

export function targetLabel(target: Target): string {
  if (target === '') return say('import.leaveOut')
  const parsed = parseTarget(target)
  return parsed ? fieldLabel(parsed.kind, parsed.field) : say('import.key')
}

export const groupLabel = (name: string): string => say(`import.group.${name}` as GroupKey)

/** The place of a fault in the words of the mapping: whose field, and which. */
export function issueField({ kind, field }: ImportIssue): string {
  const whose = groupLabel(kind === 'profile' ? 'profile' : `${kind}1`).replace(/ 1$/, '')
  return field === null ? whose : `${whose}: ${fieldLabel(kind, field)}`
}
