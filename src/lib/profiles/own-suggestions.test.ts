import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import type { UserId } from '#contract/id.ts'
import { answersTo, openSuggestions } from './own-suggestions.ts'

const own = 'helmi' as UserId
const now = Date.parse('2026-11-22T09:00:00Z')
const suggestion = (id: string, data: object) =>
  ({
    id,
    kind: 'suggestion',
    data: {
      field: 'phone',
      author: own,
      state: 'open',
      suggestedAt: '2026-11-20T09:00:00Z',
      ...data
    }
  }) as unknown as Entry

test('a worker sees their own open suggestions at the field that they are of', () => {
  const entries = [
    suggestion('later', { suggestedAt: '2026-11-21T09:00:00Z' }),
    suggestion('earlier', {}),
    suggestion('of another', { author: 'other' }),
    suggestion('of another field', { field: 'pets' }),
    suggestion('decided', { state: 'accepted' })
  ]
  expect(openSuggestions(entries, own, 'phone').map(({ id }) => id)).toEqual(['earlier', 'later'])
})

test('answers are told to who suggested, while they are news', () => {
  const decided = (id: string, decidedAt: string, more: object = {}) =>
    suggestion(id, { state: 'declined', decidedAt, ...more })
  const entries = [
    decided('new', '2026-11-22T08:00:00Z'),
    decided('old', '2026-09-22T08:00:00Z'),
    decided('not mine', '2026-11-22T08:00:00Z', { author: 'other' }),
    suggestion('open', {})
  ]
  expect(answersTo(entries, own, now).map(({ id }) => id)).toEqual(['new'])
})
