import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { fieldWords, formOf, isInRows } from './field-words.ts'
import { settingIdSchema } from './id.ts'
import { parseLenient } from './lenient.ts'
import { organisationOnTabletSchema } from './organisation.ts'
import { textOfRows } from './rows.ts'
import { templateSchema, type TemplateField } from './template.ts'
import { titleSchema } from './text.ts'

const title = (fi: string) => ({ fi, sv: `${fi} sv`, en: `${fi} en` })
const inFinnish = (said: { fi: string }) => said.fi
const options = [
  { id: 'good', title: title('Hyvin') },
  { id: 'bad', title: title('Huonosti') }
]
const field = (more: Partial<TemplateField>): TemplateField => ({
  ...{ id: 'x', title: title('X'), form: 'text', mandatory: false },
  ...more
})
const dose = field({
  as: 'rows',
  cells: [
    { id: 'at', title: title('Kello'), as: 'time' },
    { id: 'how', title: title('Miten'), as: 'choice', options }
  ]
})

test('rows and goals are told row by row, in words', () => {
  expect(fieldWords(dose, '8.30\tgood\n\t\tlisää', inFinnish)).toEqual(['8.30 · Hyvin', 'lisää'])
  const goals = field({ as: 'goals', options })
  expect(fieldWords(goals, 'Uni\tbad\nArki', inFinnish)).toEqual(['Uni · Huonosti', 'Arki'])
  expect([dose, goals, field({}), undefined].map(isInRows)).toEqual([true, true, false, false])
})

test('what no template knows is told as it is', () => {
  expect(fieldWords(undefined, ['good'], inFinnish)).toEqual(['good'])
  expect(fieldWords(field({ form: 'choice', options }), 'gone', inFinnish)).toEqual(['gone'])
})

test('a way of writing that only a newer server knows is a text, and loses nothing', () => {
  const newer = field({ as: 'drawing' })
  expect(formOf(newer)).toBe('text')
  fc.assert(
    fc.property(fc.array(fc.array(fc.string())), (rows) => {
      const value = textOfRows(rows)
      expect(fieldWords(newer, value, inFinnish)).toEqual(value === '' ? [] : [value])
    })
  )
})

test('a tablet takes the templates of a newer server, whatever they say besides', () => {
  const newer = { ...dose, as: 'drawing', permit: 'flight-permit', colour: 'red' }
  const template = { id: 'visit', version: 9, title: title('Käynti'), fields: [newer] }
  const { shape } = organisationOnTabletSchema
  const parsed = parseLenient(shape.templates, [template])
  expect(parsed.success && parsed.data[0]?.fields[0]).toEqual({
    ...{ ...dose, as: 'drawing', permit: 'flight-permit' }
  })
})

/** As tablets have it that were built before fields had a closer form. */
const formerFieldSchema = z.strictObject({
  id: settingIdSchema,
  title: titleSchema,
  form: z.enum(['ticks', 'choice', 'text', 'flag']),
  options: z.optional(z.array(z.strictObject({ id: settingIdSchema, title: titleSchema }))),
  mandatory: z.boolean(),
  alert: z.optional(z.boolean())
})

test('a tablet of before takes a template of now: rows are a text, and the permit is watched by the server', () => {
  const former = z.strictObject({ ...templateSchema.shape, fields: z.array(formerFieldSchema) })
  const now = { ...dose, help: title('Ohje'), permit: 'medication-permit', with: 'y' }
  const template = { id: 'visit', version: 9, title: title('Käynti'), fields: [now] }
  const parsed = parseLenient(former, template)
  expect(parsed.success && parsed.data.fields).toEqual([
    { id: 'x', title: title('X'), form: 'text', mandatory: false }
  ])
})
