import type { Day } from './day.ts'
import { permitTypes, type DocumentType } from './document.ts'
import type { EntryKind } from './entry-kind.ts'
import type { OperationName } from './operation.ts'
import type { ProfileField } from './profile.ts'
import type { Role, Task } from './role.ts'
import type { Visit } from './visit.ts'

/** Which entry kinds, which of their fields, and which operations a user may see and perform. */
export interface View {
  readonly role: Role
  readonly tasks: readonly Task[]
  /** A kind that is not here is not seen; a list names the fields that are. */
  readonly kinds: Partial<Record<EntryKind, Shown>>
  /** Of the documents, those of these types. */
  readonly documentTypes: 'all' | readonly DocumentType[]
  /** Where somebody lives under turvakielto, which only whoever makes the visit needs. */
  readonly protectedAddress: boolean
  readonly operations: readonly OperationName[]
  /** GDPR Art. 18: since when nothing but reading is allowed. Absent: it is not restricted. */
  readonly restrictedOn?: Day
}

type Shown = 'all' | readonly string[]
type TaskView = Pick<View, 'kinds' | 'documentTypes' | 'operations'>

const everyKind: View['kinds'] = {
  profile: 'all',
  contact: 'all',
  decision: 'all',
  assignment: 'all',
  visit: 'all',
  note: 'all',
  document: 'all',
  suggestion: 'all',
  'completion-request': 'all'
}

const careOperations: readonly OperationName[] = [
  'visit.record',
  'note.draft',
  'note.sign',
  'note.merge',
  'note.amend',
  'profile.suggest',
  'document.part',
  'document.add',
  'usage.report'
]

const nameAndBirthDate: readonly ProfileField[] = ['firstName', 'lastName', 'birthDate']

/** When and how it went; not what was done there nor why it was not. */
const visitTimesAndOutcome: readonly (keyof Visit)[] = [
  'decision',
  'product',
  'worker',
  'plannedStart',
  'plannedEnd',
  'startedAt',
  'endedAt',
  'state',
  'forkOf'
]

/** §12: rights are limited by the task. No health and no note text reaches who reports hours. */
export const taskViews = {
  care: { kinds: everyKind, documentTypes: permitTypes, operations: careOperations },
  documents: {
    kinds: { profile: nameAndBirthDate, decision: 'all', document: 'all' },
    documentTypes: 'all',
    operations: ['document.part', 'document.add', 'usage.report']
  },
  reporting: {
    kinds: { decision: 'all', visit: visitTimesAndOutcome },
    documentTypes: [],
    operations: ['usage.report']
  },
  administration: { kinds: everyKind, documentTypes: 'all', operations: careOperations },
  oversight: { kinds: {}, documentTypes: [], operations: [] }
} as const satisfies Record<Task, TaskView>

/** Everything beats a list, lists join. */
function join<T extends string>(
  held: 'all' | readonly T[] | undefined,
  more: 'all' | readonly T[]
): 'all' | readonly T[] {
  if (held === 'all' || more === 'all') return 'all'
  return [...new Set([...(held ?? []), ...more])].sort()
}

/** The union of what the tasks give. */
export function viewOf(role: Role, tasks: readonly Task[]): View {
  const kinds: Partial<Record<EntryKind, Shown>> = {}
  let documentTypes: View['documentTypes'] = []
  const operations = new Set<OperationName>()
  for (const task of tasks) {
    const definition: TaskView = taskViews[task]
    for (const [kind, fields] of Object.entries(definition.kinds) as [EntryKind, Shown][])
      kinds[kind] = join(kinds[kind], fields)
    documentTypes = join(documentTypes, definition.documentTypes)
    for (const operation of definition.operations) operations.add(operation)
  }
  return {
    role,
    tasks: [...tasks].sort(),
    kinds,
    documentTypes,
    protectedAddress: tasks.includes('care'),
    operations: [...operations].sort()
  }
}

/**
 * GDPR Art. 18(2): what is restricted is stored and read, and otherwise left as it is. That it was read is
 * still told.
 */
export function whileRestricted(view: View, restrictedOn: Day): View {
  const operations = view.operations.filter((operation) => operation === 'usage.report')
  return { ...view, operations, restrictedOn }
}
