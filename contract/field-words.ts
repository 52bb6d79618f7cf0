import type { FieldValue } from './note.ts'
import { rowsOf } from './rows.ts'
import type { TemplateField } from './template.ts'
import type { Title } from './text.ts'

/** The closer forms of a text that this version knows. Any other is read as the text that it is. */
export const closerForms = ['time', 'rows', 'goals'] as const
export type CloserForm = (typeof closerForms)[number]

/** How a field is written: its closer form where it is known, else its form. */
export function formOf({ form, as }: TemplateField): TemplateField['form'] | CloserForm {
  return (form === 'text' && closerForms.find((one) => one === as)) || form
}

type Options = TemplateField['options']

const titleOf = (options: Options, id: string, say: (title: Title) => string): string => {
  const option = options?.find((one) => one.id === id)
  return option ? say(option.title) : id
}

/**
 * What a value says, piece by piece: the titles of what is ticked, a row each, or the words. Nothing for
 * yes and no, which every reader words in its own way; what the template does not know is told as it is.
 */
export function fieldWords(
  field: TemplateField | undefined,
  value: Exclude<FieldValue, boolean>,
  say: (title: Title) => string
): string[] {
  if (Array.isArray(value)) return value.map((id) => titleOf(field?.options, id, say))
  if (value.trim() === '') return []
  const form = field && formOf(field)
  if (form === 'choice') return [titleOf(field?.options, value, say)]
  if (form === 'goals')
    return rowsOf(value).map((row) =>
      joined(row.map((cell, at) => (at === 1 ? titleOf(field?.options, cell, say) : cell)))
    )
  if (form === 'rows')
    return rowsOf(value).map((row) =>
      joined(row.map((cell, at) => titleOf(field?.cells?.[at]?.options, cell, say)))
    )
  return [value]
}

const joined = (cells: readonly string[]): string =>
  cells.filter((cell) => cell.trim() !== '').join(' · ')

/** Whether its pieces stand under each other. */
export const isInRows = (field: TemplateField | undefined): boolean =>
  field?.form === 'text' && ['rows', 'goals'].includes(formOf(field))
