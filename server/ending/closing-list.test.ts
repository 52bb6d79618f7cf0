import { expect, test } from 'vitest'
import { emptyRecord, type ClosingRecord } from '#contract/closing.ts'
import { daySchema } from '#contract/day-shape.ts'
import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { closingList, stillOpen, type ClosingState } from './closing-list.ts'

const day = (text: string) => daySchema.parse(text)
const made = { by: 'somebody', at: toMoment(0) } as unknown as { by: never; at: never }
const entry = (kind: Entry['kind'], data: object, id = 'one') => ({ kind, id, data }) as Entry
const decision = (controller: string, funding: string) => entry('decision', { controller, funding })
const document = (state: string, more: object = {}) =>
  entry('document', {
    original: [
      { state: 'at-office', ...made },
      { state, ...made }
    ],
    ...more
  })
const hold = (more: object = {}) =>
  ({ holds: [{ ground: 'other', asides: [], ...more }] }) as unknown as Partial<ClosingRecord>

const nothing: ClosingState = {
  today: day('2026-11-23'),
  endDay: day('2026-11-22'),
  entries: [],
  record: emptyRecord,
  held: 0,
  waitingTablets: 0,
  unsent: [],
  untold: []
}
const withRecord = (record: Partial<ClosingRecord>) => ({ record: { ...emptyRecord, ...record } })

test.each<[string, Partial<ClosingState>, [string, number][]]>([
  ['nothing is open', {}, []],
  ['no end day is set', { endDay: null }, [['end-day-not-past', 1]]],
  ['the end day is today', { endDay: day('2026-11-23') }, [['end-day-not-past', 1]]],
  ['tablets wait', { waitingTablets: 2 }, [['tablet-waits', 2]]],
  ['operations are held', { held: 3 }, [['awaiting-decision', 3]]],
  [
    'a visit runs and a note is unsigned',
    {
      entries: [
        entry('visit', { state: 'started' }),
        entry('visit', { state: 'completed' }),
        entry('note', { state: 'draft' }),
        entry('note', { state: 'signed' })
      ]
    },
    [
      ['visit-running', 1],
      ['note-unsigned', 1]
    ]
  ],
  [
    'the organiser is controller: the summaries that it has not, and a receipt of the hand-over',
    { entries: [decision('organiser', 'direct')], unsent: [1, 2, 3] },
    [
      ['last-summary', 3],
      ['hand-over', 1]
    ]
  ],
  [
    'every month is with the organiser: nobody needs to say so',
    { entries: [decision('organiser', 'direct')] },
    [['hand-over', 1]]
  ],
  [
    'the word of a person settles the months that there were then, and not what was corrected after it',
    {
      entries: [decision('organiser', 'direct')],
      ...withRecord({ ticks: [{ ...made, at: toMoment(5), item: 'last-summary', how: 'Kirje' }] }),
      unsent: [4, 5, 6]
    },
    [
      ['last-summary', 1],
      ['hand-over', 1]
    ]
  ],
  [
    'a portal pays: its events too',
    { entries: [decision('organiser', 'voucher')], unsent: [1], untold: [1, 2] },
    [
      ['last-summary', 1],
      ['portal-events', 2],
      ['hand-over', 1]
    ]
  ],
  [
    'a portal pays and has been told everything: nobody needs to say so',
    { entries: [decision('provider', 'voucher')] },
    [['retention', 1]]
  ],
  [
    'the word of a person settles what there was then, and not what was written after it',
    {
      entries: [decision('provider', 'purchased')],
      ...withRecord({ ticks: [{ ...made, at: toMoment(5), item: 'portal-events', how: 'Kirje' }] }),
      untold: [4, 5, 6]
    },
    [
      ['portal-events', 1],
      ['retention', 1]
    ]
  ],
  [
    'the provider is controller: no hand-over, but a question of law',
    { entries: [decision('provider', 'direct')] },
    [['retention', 1]]
  ],
  [
    'a document and its paper',
    { entries: [document('at-office')] },
    [
      ['document-unsettled', 1],
      ['paper-unsettled', 1]
    ]
  ],
  [
    'a paper that is gone leaves the document',
    { entries: [document('destroyed')] },
    [['document-unsettled', 1]]
  ],
  [
    'a document that was removed asks nothing',
    { entries: [document('none', { removed: {} })] },
    []
  ],
  ['a hold stands', withRecord(hold()), [['legal-hold', 1]]],
  ['a hold on its last day stands', withRecord(hold({ until: '2026-11-23' })), [['legal-hold', 1]]],
  ['a hold whose last day is past does not', withRecord(hold({ until: '2026-11-22' })), []],
  ['a hold that was set aside does not', withRecord(hold({ ended: { at: toMoment(0) } })), []]
])('§7 %s', (_, state, items) => {
  expect(stillOpen(closingList({ ...nothing, ...state }))).toEqual(
    items.map(([code, count]) => ({ code, count }))
  )
})

test('§7 what is settled says who, when and how', () => {
  const tick = { ...made, how: 'turvapostilla' }
  const record: ClosingRecord = {
    ...emptyRecord,
    ticks: [
      { ...tick, item: 'last-summary' },
      { ...tick, item: 'portal-events' }
    ],
    receipt: { ...tick, from: 'Mallikunta', receivedOn: nothing.today }
  }
  const list = closingList({
    ...nothing,
    record,
    entries: [decision('organiser', 'purchased')],
    unsent: [0],
    untold: [0]
  })
  expect(stillOpen(list)).toEqual([])
  expect(list.filter(({ settled }) => settled.length > 0)).toMatchObject([
    { code: 'last-summary', settled: [tick] },
    { code: 'portal-events', settled: [tick] },
    { code: 'hand-over', settled: [{ ...made, how: 'Mallikunta: turvapostilla' }] }
  ])
})
