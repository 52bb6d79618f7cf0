import type { NoteFields } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'

/** Ticking one of these means that somebody may need help today, and that no tick calls for it. */
export function isAlarming(field: TemplateField): boolean {
  return field.alert === true || field.id === 'child-welfare-notification'
}

export function holdsConcern(template: Template, fields: NoteFields): boolean {
  return template.fields.some((field) => isAlarming(field) && fields[field.id] === true)
}
