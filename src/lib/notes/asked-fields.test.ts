import { expect, test } from 'vitest'
import type { NoteFields } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'
import { askedFields } from './asked-fields.ts'

const title = { fi: 'x', sv: 'x', en: 'x' }
const field = (id: string, more: Partial<TemplateField>): TemplateField => ({
  ...{ id, title, form: 'text', mandatory: false },
  ...more
})
const template: Template = {
  ...{ id: 'visit', version: 1, title },
  fields: [
    field('notified', { form: 'flag' }),
    field('when', { as: 'time', with: 'notified' }),
    field('goals', { as: 'goals' })
  ]
}

test.each<[string, NoteFields, boolean, string[]]>([
  ['nothing is ticked', {}, true, ['notified', 'goals']],
  ['the flag is ticked', { notified: true }, true, ['notified', 'when', 'goals']],
  ['the flag is taken back', { notified: false }, true, ['notified', 'goals']],
  ['something is written already', { when: '9.05' }, true, ['notified', 'when', 'goals']],
  ['the plan has no goals', {}, false, ['notified']],
  ['the plan has lost its goals', { goals: 'Uni\tgood' }, false, ['notified', 'goals']]
])('when %s, the writer is asked no more than that', (_, fields, hasGoals, expected) => {
  expect(askedFields(template, fields, hasGoals).map(({ id }) => id)).toEqual(expected)
})
