import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import { orderVisits } from './visit-order.ts'

const visit = (id: string, data: object) => ({ id, kind: 'visit', data }) as Entry<'visit'>
const now = Date.parse('2026-11-22T10:00:00Z')

test('what comes next stands first, what was last stands first, and a visit under way has not passed', () => {
  const planned = (day: string) => ({
    state: 'planned',
    plannedStart: `${day}T08:00:00Z`,
    plannedEnd: `${day}T10:30:00Z`
  })
  const { coming, past } = orderVisits(
    [
      visit('later', planned('2026-11-29')),
      visit('never-held', planned('2026-11-20')),
      visit('held', {
        state: 'completed',
        startedAt: '2026-11-21T08:00:00Z',
        endedAt: '2026-11-21T09:00:00Z'
      }),
      visit('running', { state: 'started', startedAt: '2026-11-22T07:00:00Z' }),
      visit('today', planned('2026-11-22'))
    ],
    now
  )
  expect(coming.map(({ id }) => id)).toEqual(['running', 'today', 'later'])
  expect(past.map(({ id }) => id)).toEqual(['held', 'never-held'])
})
