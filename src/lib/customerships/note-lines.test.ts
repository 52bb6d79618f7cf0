import { expect, test } from 'vitest'
import type { Note } from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { holdsConcern, noteLines } from './note-lines.ts'

const title = (fi: string) => ({ fi, sv: `${fi} sv`, en: `${fi} en` })
const template: Template = {
  id: 'home',
  version: 2,
  title: title('Kotipalvelu'),
  fields: [
    {
      id: 'done',
      title: title('Toteutus'),
      form: 'ticks',
      mandatory: true,
      options: [{ id: 'meals', title: title('Ruokailu') }]
    },
    { id: 'seen', title: title('Havainnot'), form: 'text', mandatory: false },
    { id: 'concern', title: title('Huoli'), form: 'flag', mandatory: false, alert: true }
  ]
}
const note = (fields: Note['fields']) =>
  ({ template: 'home', templateVersion: 2, fields }) as unknown as Note

test('a note reads by its template: titles, order, and only what is filled', () => {
  const lines = noteLines(
    note({ concern: true, seen: '  ', done: ['meals', 'gone'] }),
    [template],
    'fi'
  )
  expect(lines.map((line) => [line.title, line.parts])).toEqual([
    ['Toteutus', ['Ruokailu', 'gone']],
    ['Huoli', []]
  ])
})

test('a concern is one only when it is ticked', () => {
  expect(holdsConcern(note({ concern: true }), [template])).toBe(true)
  expect(holdsConcern(note({ concern: false, seen: 'x' }), [template])).toBe(false)
  expect(noteLines(note({ concern: false }), [template], 'fi')).toEqual([])
})

test('a field that the template does not know is shown all the same', () => {
  expect(noteLines(note({ later: 'sana' }), [template], 'sv')).toMatchObject([
    { title: 'later', parts: ['sana'] }
  ])
})
