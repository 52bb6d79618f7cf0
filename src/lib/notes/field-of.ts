import type { TemplateField } from '#contract/template.ts'

/** The field as it is asked of one of several. */
export function fieldOf(field: TemplateField, name: string): TemplateField {
  const { fi, sv, en } = field.title
  if (name === '') return field
  return { ...field, title: { fi: `${fi}: ${name}`, sv: `${sv}: ${name}`, en: `${en}: ${name}` } }
}
