import { expect, test } from 'vitest'
import type { Situation } from '#contract/office.ts'
import type { Day } from '#contract/day.ts'
import { linesOf } from './situation-lines.ts'

const today = '2026-11-22' as Day

const quiet: Situation = {
  concerns: [],
  awaiting: 0,
  incidents: [],
  untold: 0,
  endings: [],
  warnings: [],
  overruns: [],
  runningOut: [],
  expiring: [],
  papers: [],
  permits: [],
  suggestions: [],
  silentDevices: [],
  missing: [],
  transfers: [],
  requests: [],
  prints: [],
  reviewOverdueSince: null,
  today: { planned: 3, started: 1, done: 2 }
}

test('a day when nothing needs a person has no lines', () => {
  expect(linesOf(quiet, today)).toEqual([])
})

test('what may be lost stands first, and the nearest deadline before the farther', () => {
  const situation = {
    ...quiet,
    awaiting: 2,
    missing: [{ deviceName: 'Tabletti', userName: 'Helmi', count: 1 }],
    endings: [
      { customership: 'c2', name: 'B', endDay: '2026-11-01', deleteBy: '2026-12-31' },
      { customership: 'c3', name: 'C', endDay: '2026-09-01', deleteBy: '2026-11-23' }
    ]
  } as unknown as Situation
  const groups = linesOf(situation, today)
  expect(groups.map((group) => group.kind)).toEqual(['missing', 'awaiting', 'endings'])
  expect(groups[2]?.lines[0]?.to).toEqual({ customership: 'c3', tab: 'ending' })
  expect(groups[2]?.lines.map((line) => line.name)).toEqual(['C', 'B'])
})

test('§13 a request alerts when fewer than five days are left of its month', () => {
  const requests = (dueOn: string) =>
    ({
      ...quiet,
      requests: [{ request: 'r1', number: 'P-2026-0001', name: null, kind: 'access', dueOn }]
    }) as unknown as Situation
  expect(linesOf(requests('2026-11-27'), today)).toMatchObject([
    { kind: 'requests', alert: false, lines: [{ name: 'P-2026-0001' }] }
  ])
  expect(linesOf(requests('2026-11-26'), today)).toMatchObject([{ alert: true }])
})

test('§12 prints that should be destroyed lead to whoever printed them', () => {
  const prints = [{ user: 'u1', userName: 'Helmi', count: 2, since: '2026-11-20' }]
  const [group] = linesOf({ ...quiet, prints } as unknown as Situation, today)
  expect(group).toMatchObject({
    kind: 'prints',
    alert: false,
    lines: [{ name: 'Helmi', count: 2, day: '2026-11-20', to: { href: '/office/users/u1' } }]
  })
})

test('§12 a review that is overdue leads to where the next one is drawn', () => {
  const situation = { ...quiet, reviewOverdueSince: '2026-11-21' as Day }
  expect(linesOf(situation, today)).toMatchObject([
    { kind: 'reviews', lines: [{ day: '2026-11-21', to: { href: '/office/log?view=reviews' } }] }
  ])
})
