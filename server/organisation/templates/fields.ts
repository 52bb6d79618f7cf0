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

export const mandatory = (field: TemplateField): TemplateField => ({ ...field, mandatory: true })
