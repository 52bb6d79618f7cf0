import { expect, test } from 'vitest'
import { viewRows } from './view-rows.ts'

const shown = (kind: string) => viewRows.find((row) => row.kind === kind)?.shown

test('§12 the page says what the server shows', () => {
  expect(shown('profile')).toEqual({
    care: 'all',
    documents: ['profile.firstName', 'profile.lastName', 'profile.birthDate'],
    reporting: [],
    administration: 'all',
    oversight: []
  })
  expect(shown('visit')?.reporting).toEqual([
    'visit.plannedStart',
    'visit.plannedEnd',
    'visit.startedAt',
    'visit.endedAt',
    'visit.state'
  ])
  expect(shown('note')).toMatchObject({ reporting: [], documents: [], oversight: [] })
})

test('every kind has names for its fields', () => {
  for (const { fields } of viewRows) expect(fields).not.toEqual([])
})
