import { expect, test } from 'vitest'
import { groupLines } from './group-lines.ts'

test('what is listed stands under its name, and what is not stays a paragraph', () => {
  expect(
    groupLines([
      { is: 'paragraph', text: 'Vain nämä' },
      { is: 'term', text: 'Nimi' },
      { is: 'item', text: 'Etunimi' },
      { is: 'item', text: 'Sukunimi' },
      { is: 'term', text: 'Tyhjä' },
      { is: 'paragraph', text: 'Loppu' },
      { is: 'item', text: 'Yksin' }
    ])
  ).toEqual([
    { term: null, text: 'Vain nämä' },
    { term: 'Nimi', items: ['Etunimi', 'Sukunimi'] },
    { term: 'Tyhjä', items: [] },
    { term: null, text: 'Loppu' },
    { term: null, text: 'Yksin' }
  ])
})
