import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import { notesOf, templateFor } from './visit-notes.ts'

const me = 'me' as UserId
const visit = 'v' as EntryId
const note = (id: string, data: object) =>
  ({
    id,
    kind: 'note',
    data: { visit, author: me, state: 'draft', template: 'home', templateVersion: 1, ...data }
  }) as unknown as Entry<'note'>

test('the own note goes on, a colleague’s and a fork stand beside', () => {
  const entries = [
    note('theirs', { author: 'other' }),
    note('fork', { forkOf: 'mine' }),
    note('mine', {}),
    note('elsewhere', { visit: 'w' })
  ]
  const { own, others } = notesOf(entries, visit, me)
  expect(own?.id).toBe('mine')
  expect(others.map(({ id }) => id)).toEqual(['theirs', 'fork'])
})

test('a draft is gone on with before a signed note', () => {
  const entries = [note('signed', { state: 'signed' }), note('draft', {})]
  expect(notesOf(entries, visit, me).own?.id).toBe('draft')
  expect(notesOf(entries.slice(0, 1), visit, me).own?.id).toBe('signed')
  expect(notesOf([], visit, me).own).toBeNull()
})

const organisation = {
  products: [{ id: 'care', template: 'home' }],
  templates: [
    { id: 'home', version: 1 },
    { id: 'home', version: 2 },
    { id: 'family', version: 1 }
  ]
} as unknown as OrganisationOnTablet

test.each([
  ['care', null, 2],
  ['care', note('mine', { templateVersion: 1 }), 1],
  ['care', note('mine', { templateVersion: 7 }), 2],
  ['unknown', null, undefined]
])('a note of product %s follows the right version', (product, own, version) => {
  expect(templateFor(organisation, product, own)?.version).toBe(version)
})
