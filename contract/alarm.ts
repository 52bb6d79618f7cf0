import type { NoteFields } from './note.ts'
import type { Template, TemplateField } from './template.ts'

/** The field of its own in which a child welfare notification is told. */
export const childWelfareField = 'child-welfare-notification'
export const concernField = 'concern'

/** Ticking one of these means that somebody may need help today, and that no tick calls for it. */
export function isAlarming(field: Pick<TemplateField, 'alert' | 'id'>): boolean {
  return field.alert === true || field.id === childWelfareField
}

/** What of a note somebody at the office must answer for. */
export function alarmingFields(template: Template, fields: NoteFields): TemplateField[] {
  return template.fields.filter((field) => isAlarming(field) && fields[field.id] === true)
}
