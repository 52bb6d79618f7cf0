import { fieldsUnder, phrases, type NoticeField } from '#contract/clause-eight.ts'
import { entryKinds, type EntryKind } from '#contract/entry-kind.ts'
import { taskSchema, type Task } from '#contract/role.ts'
import { taskViews, type View } from '#contract/view.ts'

/** The fields that a task shows of one kind; `all` is every one of them, and those to come. */
export type Shown = 'all' | readonly NoticeField[]

export interface ViewRow {
  readonly kind: EntryKind
  readonly fields: readonly NoticeField[]
  readonly shown: Readonly<Record<Task, Shown>>
}

const named: readonly NoticeField[] = [...phrases, 'papers' as const, 'beyond' as const].flatMap(
  fieldsUnder
)

function shownBy(task: Task, kind: EntryKind, fields: readonly NoticeField[]): Shown {
  const kinds: View['kinds'] = taskViews[task].kinds
  const shown = kinds[kind]
  if (shown === undefined) return []
  if (shown === 'all') return 'all'
  return fields.filter((field) => shown.includes(field.split('.')[1] ?? ''))
}

/** §12: who sees what, from the very table by which the server decides; in the notice's own names. */
export const viewRows: readonly ViewRow[] = entryKinds.map((kind) => {
  const fields = named.filter((field) => field.startsWith(`${kind}.`))
  const shown = Object.fromEntries(
    taskSchema.options.map((task) => [task, shownBy(task, kind, fields)])
  ) as Record<Task, Shown>
  return { kind, fields, shown }
})
