import { expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { lastAgreed, latestNotes } from './latest.ts'

const at = (day: string) => toMoment(Date.parse(`2026-03-${day}T09:00:00Z`))
const note = (id: string, visit: string, fields: object, state = 'signed', written = '20') =>
  ({
    id,
    kind: 'note',
    data: { visit, fields, state, writtenAt: at(written) }
  }) as unknown as Entry
const visit = (id: string, day: string) =>
  ({ id, kind: 'visit', data: { startedAt: at(day) } }) as unknown as Entry

const entries = [
  visit('v1', '02'),
  visit('v2', '09'),
  note('old', 'v1', { agreed: 'Soitetaan neuvolaan' }),
  note('new', 'v2', { agreed: ' ' }),
  note('draft', 'v2', { agreed: 'Ei vielä' }, 'draft'),
  note('elsewhere', 'v0', {}, 'signed', '05')
]

test('signed notes come by the time of their visit, the latest first', () => {
  expect(latestNotes(entries).map(({ entry }) => entry.id)).toEqual(['new', 'elsewhere', 'old'])
})

test('what was agreed is from the latest note that says it', () => {
  expect(lastAgreed(latestNotes(entries))).toMatchObject({ text: 'Soitetaan neuvolaan' })
  expect(lastAgreed([])).toBeNull()
})
