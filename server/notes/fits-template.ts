import { missingFields, type FieldValue, type NoteWriting } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'

function fitsField(field: TemplateField | undefined, value: FieldValue): boolean {
  if (!field) return false
  const isOption = (id: string) => (field.options ?? []).some((option) => option.id === id)
  if (field.form === 'text') return typeof value === 'string'
  if (field.form === 'flag') return typeof value === 'boolean'
  if (field.form === 'choice') return typeof value === 'string' && (value === '' || isOption(value))
  return Array.isArray(value) && value.every(isOption)
}

/**
 * §8: a note holds the fields of its service product's template and no others. Of a version that is
 * no longer kept only the name can be checked: a tablet may have been away when the template changed.
 */
export function fitsTemplate(
  templates: readonly Template[],
  writing: NoteWriting,
  state: 'draft' | 'signed'
): boolean {
  const versions = templates.filter((template) => template.id === writing.template)
  const template = versions.find((version) => version.version === writing.templateVersion)
  if (!template) return versions.some((version) => version.version > writing.templateVersion)
  const field = (id: string) => template.fields.find((candidate) => candidate.id === id)
  return (
    Object.entries(writing.fields).every(([id, value]) => fitsField(field(id), value)) &&
    (state === 'draft' || missingFields(template, writing.fields).length === 0)
  )
}
