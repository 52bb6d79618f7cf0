import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import { groupNotes } from './note-groups.ts'

const note = (id: string, visit: string, writtenAt: string, forkOf?: string) =>
  ({ id, kind: 'note', data: { visit, writtenAt, forkOf } }) as unknown as Entry<'note'>
const visit = (id: string, startedAt: string) =>
  ({ id, kind: 'visit', data: { startedAt } }) as unknown as Entry<'visit'>

test('the latest visit stands first, and a fork stands beside the note it forked from', () => {
  const groups = groupNotes(
    [
      note('old', 'v1', '2026-11-20T10:00:00Z'),
      note('fork', 'v2', '2026-11-21T09:00:00Z', 'new'),
      note('new', 'v2', '2026-11-21T10:00:00Z')
    ],
    [visit('v1', '2026-11-20T08:00:00Z'), visit('v2', '2026-11-21T08:00:00Z')]
  )
  expect(groups.map((group) => group.notes.map(({ id }) => id))).toEqual([['new', 'fork'], ['old']])
  expect(groups[0]?.visitStart).toBe('2026-11-21T08:00:00Z')
})
