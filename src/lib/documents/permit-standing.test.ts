import { expect, test } from 'vitest'
import type { Day, Moment } from '#contract/day.ts'
import type { Document } from '#contract/document.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { shownDocuments, standingOf } from './permit-standing.ts'

const day = (text: string) => text as Day
const today = day('2026-11-22')
const by = 'user' as UserId
const at = '2026-11-01T10:00:00.000Z' as Moment

function document(type: Document['type'], more: Partial<Document> = {}): Entry<'document'> {
  const original = [{ state: 'none' as const, by, at }]
  const data = {
    type,
    identityCode: 'none' as const,
    pages: [],
    addedBy: by,
    addedAt: at,
    original
  }
  const id = `${type}${more.validUntil ?? ''}${more.validFrom ?? ''}` as EntryId
  return { id, kind: 'document', revision: 1, at, by, data: { ...data, ...more } }
}

test.each([
  ['no days', {}, 'valid'],
  ['its last day', { validUntil: today }, 'valid'],
  ['its first day', { validFrom: today }, 'valid'],
  ['the day after', { validUntil: day('2026-11-21') }, 'over'],
  ['the day before', { validFrom: day('2026-11-23') }, 'not-yet']
] as const)('§12 a permit with %s', (_, days, expected) => {
  expect(standingOf(document('medication-permit', days).data, today)).toBe(expected)
  expect(standingOf(document('payment-commitment', days).data, today)).toBeNull()
})

test('permits that hold today come first, and what was removed is not shown', () => {
  const shown = shownDocuments(
    [
      document('payment-commitment'),
      document('transport-permit', { validUntil: day('2026-11-01') }),
      document('home-service-contract', { removed: { by, at, reason: 'väärä asiakas' } }),
      document('medication-permit')
    ],
    today
  )
  expect(shown.map(({ data }) => data.type)).toEqual([
    'medication-permit',
    'transport-permit',
    'payment-commitment'
  ])
})
