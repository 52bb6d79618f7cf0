import { isAlarming } from '#contract/alarm.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { fieldWords, isInRows } from '#contract/field-words.ts'
import type { FieldValue, Note } from '#contract/note.ts'
import { dayOfVisit, unpermittedFields } from '#contract/permit.ts'
import { templateOf, type Template, type TemplateField } from '#contract/template.ts'
import type { Language } from '#contract/text.ts'

export interface NoteLine {
  readonly id: string
  readonly title: string
  /** Titles of what is ticked, or the words; a flag has none: its title says all. */
  readonly parts: readonly string[]
  readonly form: TemplateField['form']
  readonly alert: boolean
}

function partsOf(field: TemplateField, value: FieldValue, language: Language): string[] | null {
  if (typeof value === 'boolean') return value ? [] : null
  const words = fieldWords(field, value, (title) => title[language])
  if (words.length === 0) return null
  return isInRows(field) ? [words.join('\n')] : words
}

type Written = Pick<Note, 'template' | 'templateVersion' | 'fields'>

/** A note as a person reads it: what is filled, by the titles and in the order of its own template's version. */
export function noteLines(
  note: Written,
  templates: readonly Template[],
  language: Language
): NoteLine[] {
  const template = templateOf(templates, note)
  const known = new Set(template?.fields.map((field) => field.id))
  const strangers: TemplateField[] = Object.keys(note.fields)
    .filter((id) => !known.has(id))
    .map((id) => ({
      id,
      title: { fi: id, sv: id, en: id },
      form: 'text',
      mandatory: false
    }))
  return [...(template?.fields ?? []), ...strangers].flatMap((field) => {
    const value = note.fields[field.id]
    const parts = value === undefined ? null : partsOf(field, value, language)
    if (parts === null) return []
    const alert = isAlarming(field) && value === true
    return [{ id: field.id, title: field.title[language], parts, form: field.form, alert }]
  })
}

/** What an amendment says, what it takes back included: there a field that is empty is said to be. */
export function amendmentLines(
  note: Written,
  templates: readonly Template[],
  language: Language,
  said: { readonly none: string; readonly no: string }
): NoteLine[] {
  const template = templateOf(templates, note)
  const filled = noteLines(note, templates, language)
  const emptied = Object.entries(note.fields)
    .filter(([id]) => filled.every((line) => line.id !== id))
    .map(([id, value]) => {
      const field = template?.fields.find((each) => each.id === id)
      const parts = [typeof value === 'boolean' ? said.no : said.none]
      return { id, title: field?.title[language] ?? id, parts, form: 'text', alert: false } as const
    })
  const places = (template?.fields ?? []).map(({ id }) => id)
  return [...filled, ...emptied].sort((a, b) => places.indexOf(a.id) - places.indexOf(b.id))
}

/** §12: the fields in which something was written that no scanned permit of that day covers. */
export function unpermittedIds(
  note: Written & Pick<Note, 'visit' | 'state'>,
  templates: readonly Template[],
  entries: readonly Entry[]
): string[] {
  const visit = entriesOf(entries, 'visit').find(({ id }) => id === note.visit)
  const documents = entriesOf(entries, 'document').map(({ data }) => data)
  const day = visit && dayOfVisit(visit.data)
  return unpermittedFields(note, templateOf(templates, note), documents, day).map(({ id }) => id)
}

/** Whether the note raises a concern that the office should see first. */
export function holdsConcern(note: Written, templates: readonly Template[]): boolean {
  return noteLines(note, templates, 'fi').some((line) => line.alert)
}
