import type { EntryKind } from './entry.ts'
import type { OperationName } from './operation.ts'
import type { ProfileField } from './profile.ts'
import type { Role, Task } from './role.ts'

/** Which entry kinds, which of their fields, and which operations a user may see and perform. */
export interface View {
  readonly role: Role
  readonly tasks: readonly Task[]
  /** A kind that is not here is not seen; a list names the fields that are. */
  readonly kinds: Partial<Record<EntryKind, 'all' | readonly string[]>>
  readonly operations: readonly OperationName[]
}

const everyKind: View['kinds'] = {
  profile: 'all',
  contact: 'all',
  decision: 'all',
  assignment: 'all',
  visit: 'all',
  note: 'all',
  document: 'all',
  suggestion: 'all'
}

const careOperations: readonly OperationName[] = [
  'visit.record',
  'note.draft',
  'note.sign',
  'profile.suggest',
  'usage.report'
]

const nameAndBirthDate: readonly ProfileField[] = ['firstName', 'lastName', 'birthDate']

/** §12: rights are limited by the task. No health and no note text reaches who reports hours. */
export const taskViews = {
  care: { kinds: everyKind, operations: careOperations },
  documents: {
    kinds: { profile: nameAndBirthDate, decision: 'all', document: 'all' },
    operations: ['usage.report']
  },
  reporting: {
    kinds: {
      decision: 'all',
      visit: [
        'decision',
        'product',
        'worker',
        'plannedStart',
        'plannedEnd',
        'startedAt',
        'endedAt',
        'state'
      ]
    },
    operations: ['usage.report']
  },
  administration: { kinds: everyKind, operations: careOperations },
  oversight: { kinds: {}, operations: [] }
} as const satisfies Record<Task, Pick<View, 'kinds' | 'operations'>>

/** The union of what the tasks give; "all" beats a list, lists join. */
export function viewOf(role: Role, tasks: readonly Task[]): View {
  const kinds: Partial<Record<EntryKind, 'all' | readonly string[]>> = {}
  const operations = new Set<OperationName>()
  for (const task of tasks) {
    const definition: Pick<View, 'kinds' | 'operations'> = taskViews[task]
    for (const [kind, fields] of Object.entries(definition.kinds) as [
      EntryKind,
      'all' | readonly string[]
    ][]) {
      const held = kinds[kind]
      kinds[kind] =
        fields === 'all' || held === 'all'
          ? 'all'
          : [...new Set([...(held ?? []), ...fields])].sort()
    }
    for (const operation of definition.operations) operations.add(operation)
  }
  return { role, tasks: [...tasks].sort(), kinds, operations: [...operations].sort() }
}
