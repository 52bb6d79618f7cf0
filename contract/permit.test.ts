import { expect, test } from 'vitest'
import type { Day, Moment } from './day.ts'
import type { Document } from './document.ts'
import { dayOfVisit, permitOn } from './permit.ts'

const day = (text: string) => text as Day
const permit = (days: Partial<Document>) => ({ type: 'medication-permit', ...days }) as Document
const over = (until: string) => permit({ validUntil: day(until) })
const removed = { removed: { by: 'x', at: 'x', reason: 'väärä' } } as unknown as Partial<Document>

test.each<[string, Document[], ReturnType<typeof permitOn>]>([
  ['none', [], { is: 'none' }],
  ['another one', [permit({ type: 'transport-permit' })], { is: 'none' }],
  ['one that was removed', [permit(removed)], { is: 'none' }],
  ['one without days', [permit({})], { is: 'valid' }],
  ['one over', [over('2026-05-02'), over('2026-04-01')], { is: 'over', day: day('2026-05-02') }],
  ['one over and one that holds', [over('2026-05-02'), permit({})], { is: 'valid' }],
  [
    'one over and its renewal to come',
    [over('2026-05-02'), permit({ validFrom: day('2026-05-04') })],
    { is: 'not-yet', day: day('2026-05-04') }
  ]
])('§12 where there is %s, the permit stands so on the day', (_, documents, expected) => {
  expect(permitOn(documents, 'medication-permit', day('2026-05-03'))).toEqual(expected)
})

test('§12 the day of a visit is the day in Helsinki on which it began, not on which it was planned', () => {
  const at = (text: string) => text as Moment
  expect(dayOfVisit({ plannedStart: at('2026-05-03T10:00:00Z') })).toBe('2026-05-03')
  expect(
    dayOfVisit({
      startedAt: at('2026-05-03T21:30:00Z'),
      plannedStart: at('2026-05-03T10:00:00Z')
    })
  ).toBe('2026-05-04')
  expect(dayOfVisit({})).toBeNull()
})
