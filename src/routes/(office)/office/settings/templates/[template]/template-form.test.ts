import { expect, test } from 'vitest'
import type { Template } from '#contract/template.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import {
  fieldToForm,
  newField,
  readTemplateForm,
  shownTemplate,
  standardFields,
  templateToForm,
  withoutField
} from './template-form.ts'

const { templates } = standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Mallikunta' })
const [home] = templates as [Template]

test.each(templates.map((template) => [template.id, template] as const))(
  'the standard template %s says the same after the editor has held it, and may be published',
  (id, template) => {
    const form = templateToForm(template)
    expect(shownTemplate(form, id, 1)).toEqual(template)
    expect(readTemplateForm(form, id, 1, [template]).read).toEqual({
      ...{ template: id, follows: 1, title: template.title, fields: template.fields }
    })
  }
)

test('a title in one language is shown in all of them', () => {
  const form = templateToForm(home)
  form.fields[0]!.title = { fi: '', sv: 'Arbete', en: '' }
  const { read } = readTemplateForm(form, home.id, 1, [home])
  expect(read?.fields[0]?.title).toEqual({ fi: 'Arbete', sv: 'Arbete', en: 'Arbete' })
})

test('what must be mended is told at its field', () => {
  const form = templateToForm(home)
  const fresh = newField('field-a')
  const ticks = { ...newField('field-b'), form: 'ticks' as const }
  form.fields.push(fresh, { ...ticks, title: { fi: 'Sää', sv: '', en: '' } })
  form.title = { fi: ' ', sv: '', en: '' }
  const { read, wrong } = readTemplateForm(form, home.id, 1, [home])
  expect(read).toBeNull()
  expect(wrong).toEqual({ '': 'title', [fresh.id]: 'title', [ticks.id]: 'options' })
})

test('what cannot always be filled is not mandatory, whatever was ticked before', () => {
  const form = templateToForm(home)
  const field = form.fields.find(({ id }) => id === 'done')!
  field.permit = 'medication-permit'
  const { read } = readTemplateForm(form, home.id, 1, [home])
  expect(read?.fields.find(({ id }) => id === 'done')).toMatchObject({ mandatory: false })
})

test('what goes with a flag stays when the flag is taken away', () => {
  const { fields } = templateToForm(home)
  const left = withoutField(fields, 'medicine')
  expect(left).toHaveLength(fields.length - 1)
  expect(left.find(({ id }) => id === 'medicines')?.with).toBe('')
})

test('of the standard come the fields that the template never had', () => {
  const older = { ...home, fields: home.fields.filter(({ id }) => id !== 'transport') }
  const once = { ...home, version: 0, fields: home.fields.filter(({ id }) => id === 'journeys') }
  const form = templateToForm({ ...older, fields: older.fields.filter((f) => f.id !== 'journeys') })
  expect(standardFields(home, form, [older])).toEqual([
    fieldToForm(
      home.fields.find(({ id }) => id === 'transport')!,
      false
    )
  ])
  expect(standardFields(home, form, [once]).map(({ id }) => id)).toEqual(['transport'])
})
