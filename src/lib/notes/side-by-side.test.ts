import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differingFields, type NoteFields } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'
import { changedFields } from './amendments.ts'
import { differences, mergedFields, undecided, type Side } from './side-by-side.ts'

const title = { fi: 'x', sv: 'x', en: 'x' }
const field = (id: string, form: TemplateField['form']): TemplateField => ({
  ...{ id, form, title, mandatory: false },
  ...(form === 'ticks' ? { options: ['a', 'b', 'c'].map((each) => ({ id: each, title })) } : {})
})
const template: Template = {
  id: 'visit',
  version: 1,
  title,
  fields: [
    field('tasks', 'ticks'),
    field('done', 'text'),
    field('mood', 'choice'),
    field('concern', 'flag')
  ]
}
const drafts = { isSigned: false }
const signed = { isSigned: true }
const of = (one: NoteFields, other: NoteFields, o = drafts) => differences(template, one, other, o)

test('only what differs is asked, in the order of the template', () => {
  const found = of(
    { done: 'x', tasks: ['a', 'b'], mood: 'good' },
    { mood: 'bad', tasks: ['b', 'a'], done: 'y' }
  )
  expect(found.map((each) => each.field.id)).toEqual(['done', 'mood'])
  expect(of({ done: ' x ' }, { done: 'x', concern: false })).toEqual([])
})

test('nobody is asked whether words or nothing stay, and a signed text loses none by silence', () => {
  const found = of({ done: 'x', mood: '' }, { mood: 'good', tasks: ['a'] })
  expect(found.map(({ field: { id }, obvious }) => [id, obvious])).toEqual([
    ['tasks', 'other'],
    ['done', 'one'],
    ['mood', 'other']
  ])
  expect(undecided(found, {})).toEqual([])
  expect(of({ done: 'x', tasks: ['a'] }, { tasks: ['a'] }, signed)).toEqual([])
  const [emptied] = of({ done: 'x' }, { done: '' }, signed)
  expect(emptied).toMatchObject({ obvious: null, both: null })
})

test.each<[string, NoteFields, NoteFields, unknown]>([
  ['texts one after the other', { done: 'Aamulla' }, { done: 'Illalla' }, 'Aamulla\n\nIllalla'],
  [
    'a text that holds the other',
    { done: 'Aamulla ja illalla' },
    { done: 'Aamulla' },
    'Aamulla ja illalla'
  ],
  ['ticks together', { tasks: ['a', 'b'] }, { tasks: ['b', 'c'] }, ['a', 'b', 'c']],
  ['no choice twice', { mood: 'good' }, { mood: 'bad' }, null],
  ['no text that is too long', { done: 'a'.repeat(15_000) }, { done: 'b'.repeat(15_000) }, null]
])('both are %s', (_, one, other, both) => {
  expect(of(one, other)[0]?.both).toEqual(both)
})

test('one choice for each field makes one text', () => {
  const one = { done: 'Aamulla', tasks: ['a'], mood: 'good', strange: 'vanha' }
  const other = { done: 'Illalla', tasks: ['b'], mood: 'bad', concern: true }
  const found = of(one, other)
  expect(undecided(found, {}).map((each) => each.field.id)).toEqual(['tasks', 'done', 'mood'])
  const choices = { done: 'both', tasks: 'other', mood: 'one' } as const
  expect(undecided(found, choices)).toEqual([])
  expect(mergedFields(one, other, found, choices)).toEqual({
    ...{ done: 'Aamulla\n\nIllalla', tasks: ['b'], mood: 'good' },
    ...{ concern: true, strange: 'vanha' }
  })
})

const fields = fc.record(
  {
    done: fc.constantFrom('', 'Aamulla', 'Illalla', 'Aamulla ja illalla'),
    tasks: fc.subarray(['a', 'b', 'c']),
    mood: fc.constantFrom('', 'good', 'bad'),
    concern: fc.boolean()
  },
  { requiredKeys: [] }
) as fc.Arbitrary<NoteFields>

test('whoever chooses one side everywhere has that side, and merging again asks nothing', () => {
  fc.assert(
    fc.property(fields, fields, fc.constantFrom<Side>('one', 'other'), (one, other, side) => {
      const found = of(one, other)
      const choices = Object.fromEntries(found.map((each) => [each.field.id, side]))
      const merged = mergedFields(one, other, found, choices)
      expect(differingFields(merged, side === 'one' ? one : other)).toEqual([])
      expect(of(merged, merged)).toEqual([])
    })
  )
})

test('an amendment holds what is added or said otherwise, and nothing else', () => {
  expect(
    changedFields(
      { done: 'x', tasks: ['a', 'b'], concern: true },
      { done: 'x ', tasks: ['b'], concern: false, mood: 'good' }
    )
  ).toEqual({ tasks: ['b'], concern: false, mood: 'good' })
})
