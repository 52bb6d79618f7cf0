import { sameValue, type NoteFields } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'

/** What the writer is asked: a field that goes with a flag once that is ticked, and whatever is already written. */
export function askedFields(
  template: Template,
  fields: NoteFields,
  hasGoals: boolean
): TemplateField[] {
  return template.fields.filter((field) => {
    if (!sameValue(fields[field.id], undefined)) return true
    if (field.as === 'goals' && !hasGoals) return false
    return field.with === undefined || fields[field.with] === true
  })
}
