import type { TemplateField } from '#contract/template.ts'
import type { Title } from '#contract/text.ts'

/** Finnish, Swedish, English: the order in which every title of the templates is written. */
export type Words = readonly [fi: string, sv: string, en: string]
type Choices = Readonly<Record<string, Words>>

export const titleOf = ([fi, sv, en]: Words): Title => ({ fi, sv, en })

const optionsOf = (choices: Choices) =>
  Object.entries(choices).map(([id, words]) => ({ id, title: titleOf(words) }))

export const ticks = (id: string, words: Words, choices: Choices): TemplateField => ({
  id,
  title: titleOf(words),
  form: 'ticks',
  options: optionsOf(choices),
  mandatory: false
})

export const choice = (id: string, words: Words, choices: Choices): TemplateField => ({
  id,
  title: titleOf(words),
  form: 'choice',
  options: optionsOf(choices),
  mandatory: false
})

export const text = (id: string, words: Words): TemplateField => ({
  id,
  title: titleOf(words),
  form: 'text',
  mandatory: false
})

export const flag = (id: string, words: Words): TemplateField => ({
  id,
  title: titleOf(words),
  form: 'flag',
  mandatory: false
})

export const time = (id: string, words: Words): TemplateField => ({
  ...text(id, words),
  as: 'time'
})

/** What may happen many times: a row each. A cell is words, or a time of day where it says so. */
export const rows = (
  id: string,
  words: Words,
  cells: Readonly<Record<string, { readonly words: Words; readonly as?: 'time' }>>
): TemplateField => ({
  ...text(id, words),
  as: 'rows',
  cells: Object.entries(cells).map(([cell, { words: said, as }]) => ({
    ...{ id: cell, title: titleOf(said) },
    ...(as ? { as } : {})
  }))
})

/** The goals of the plan, each with how far it came. */
export const goals = (id: string, words: Words, scale: Choices): TemplateField => ({
  ...text(id, words),
  as: 'goals',
  options: optionsOf(scale)
})

export const withHelp = (field: TemplateField, words: Words): TemplateField => ({
  ...field,
  help: titleOf(words)
})

/** §12: not to be filled but under a scanned permit that holds on the day of the visit. */
export const underPermit = (
  field: TemplateField,
  permit: 'medication-permit' | 'transport-permit'
): TemplateField => ({ ...field, permit })

/** Asked once the flag is ticked: ticks before typing. */
export const onceTicked = (flagged: TemplateField, field: TemplateField): TemplateField => ({
  ...field,
  with: flagged.id
})

export const mandatory = (field: TemplateField): TemplateField => ({ ...field, mandatory: true })
