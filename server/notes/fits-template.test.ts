import { expect, test } from 'vitest'
import { entryIdSchema } from '#contract/id.ts'
import type { NoteWriting } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'
import { fitsTemplate } from './fits-template.ts'

const title = { fi: 'x', sv: 'x', en: 'x' }
const field = (id: string, form: TemplateField['form'], mandatory = false): TemplateField => ({
  id,
  form,
  mandatory,
  title,
  ...(form === 'ticks' || form === 'choice' ? { options: [{ id: 'known', title }] } : {})
})
const template: Template = {
  id: 'visit',
  version: 2,
  title,
  fields: [
    field('ticks', 'ticks', true),
    field('choice', 'choice'),
    field('text', 'text'),
    field('flag', 'flag')
  ]
}
const id = entryIdSchema.parse('01893b0c-1f00-7000-8000-000000000001')
const writing = (fields: NoteWriting['fields'], templateVersion = 2, name = 'visit') =>
  ({ note: id, visit: id, template: name, templateVersion, fields }) satisfies NoteWriting

test.each<[string, boolean, NoteWriting]>([
  ['every form', true, writing({ ticks: ['known'], choice: 'known', text: 'x', flag: true })],
  ['nothing yet', true, writing({})],
  ['a choice taken back', true, writing({ choice: '' })],
  ['an unknown field', false, writing({ other: 'x' })],
  ['an unknown tick', false, writing({ ticks: ['other'] })],
  ['an unknown choice', false, writing({ choice: 'other' })],
  ['words where ticks belong', false, writing({ ticks: 'known' })],
  ['a flag where words belong', false, writing({ text: true })],
  ['an unknown template', false, writing({}, 2, 'other')],
  ['an older version that is no longer kept', true, writing({ then: 'x' }, 1)],
  ['a version that never was', false, writing({}, 3)]
])('a draft with %s', (_, fits, one) => {
  expect(fitsTemplate([template], one, 'draft')).toBe(fits)
})

test('a note is signed when nothing mandatory is empty', () => {
  expect(fitsTemplate([template], writing({ text: 'x' }), 'signed')).toBe(false)
  expect(fitsTemplate([template], writing({ ticks: ['known'] }), 'signed')).toBe(true)
})
