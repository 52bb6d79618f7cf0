import { expect, test } from 'vitest'
import { daySchema } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { closingList } from './closing-list.ts'

const day = (text: string) => daySchema.parse(text)
const entry = (kind: 'visit' | 'note', state: string) => ({ kind, data: { state } }) as Entry
const nothing = {
  today: day('2026-11-23'),
  endDay: day('2026-11-22'),
  entries: [],
  held: 0,
  waitingTablets: 0
}

test.each([
  ['nothing is open', {}, []],
  ['no end day is set', { endDay: null }, [{ code: 'end-day-not-past', count: 1 }]],
  ['the end day is today', { endDay: day('2026-11-23') }, [{ code: 'end-day-not-past', count: 1 }]],
  ['tablets wait', { waitingTablets: 2 }, [{ code: 'tablet-waits', count: 2 }]],
  ['operations are held', { held: 3 }, [{ code: 'awaiting-decision', count: 3 }]],
  [
    'a visit runs and a note is unsigned',
    {
      entries: [
        entry('visit', 'started'),
        entry('visit', 'completed'),
        entry('note', 'draft'),
        entry('note', 'signed')
      ]
    },
    [
      { code: 'visit-running', count: 1 },
      { code: 'note-unsigned', count: 1 }
    ]
  ]
])('%s', (_, state, items) => {
  expect(closingList({ ...nothing, ...state })).toEqual(items)
})
