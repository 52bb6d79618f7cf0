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

const ids = (found: readonly { id: EntryId }[]) => found.map(({ id }) => id)

test('the own note goes on, its other version stands beside it, and a colleague’s among the others', () => {
  const entries = [
    note('theirs', { author: 'other' }),
    note('fork', { forkOf: 'mine' }),
    note('mine', {}),
    note('elsewhere', { visit: 'w' })
  ]
  const { own, beside, others } = notesOf(entries, visit, me)
  expect(own?.id).toBe('mine')
  expect(ids(beside)).toEqual(['fork'])
  expect(ids(others)).toEqual(['theirs'])
})

test('a signed note stands, and a draft beside it is on its way to amend it', () => {
  const entries = [note('draft', {}), note('signed', { state: 'signed' })]
  const { own, beside } = notesOf(entries, visit, me)
  expect(own?.id).toBe('signed')
  expect(ids(beside)).toEqual(['draft'])
  expect(notesOf(entries.slice(0, 1), visit, me).own?.id).toBe('draft')
  expect(notesOf([], visit, me).own).toBeNull()
})

test('of two drafts that were begun apart the earlier is the one to go on with', () => {
  const { own, beside } = notesOf([note('b', {}), note('a', {})], visit, me)
  expect([own?.id, ...ids(beside)]).toEqual(['a', 'b'])
})

test('what was merged is open no more, and what amends stands with its note', () => {
  const entries = [
    note('mine', { state: 'signed' }),
    note('merged', { mergedInto: 'mine' }),
    note('amendment', { state: 'signed', amends: 'mine' }),
    note('stray', { state: 'signed', amends: 'away', author: 'other' })
  ]
  const { own, beside, others } = notesOf(entries, visit, me)
  expect(own?.id).toBe('mine')
  expect(beside).toEqual([])
  expect(ids(others)).toEqual(['stray'])
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
