import { expect, test } from 'vitest'
import { holdSchema, type Hold } from '#contract/closing.ts'
import type { Day } from '#contract/day.ts'
import { userIdSchema } from '#contract/id.ts'
import { asideOf, isOverdue, renewalsLeft, standingHolds } from './hold-standing.ts'

const sirpa = userIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8051')
const maija = userIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8052')
const at = '2026-12-01T10:00:00Z'

const hold = (more: object = {}): Hold =>
  holdSchema.parse({
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    ground: 'other',
    words: 'Kantelu',
    by: sirpa,
    at,
    reviewBy: '2027-01-15',
    reviews: [],
    renewals: [],
    asides: [],
    ...more
  })
const first = { by: sirpa, at, reason: 'Päättyi' }

test('§7 the same main user cannot be the second who sets a hold aside', () => {
  expect(asideOf(hold(), sirpa, 2)).toEqual({ is: 'none' })
  expect(asideOf(hold({ asides: [first] }), sirpa, 2)).toEqual({ is: 'waits' })
  expect(asideOf(hold({ asides: [first] }), maija, 2)).toEqual({ is: 'yours' })
})

test('§7 where one main user is all there is, setting aside takes effect in three days', () => {
  expect(asideOf(hold({ asides: [first] }), sirpa, 1)).toEqual({
    is: 'delayed',
    until: '2026-12-04T10:00:00.000Z'
  })
})

test('an unconfirmed hand-over is renewed twice at most', () => {
  const renewal = { by: sirpa, at, reason: 'Vastaus viipyy', until: '2027-01-01' }
  expect(renewalsLeft(hold())).toBe(2)
  expect(renewalsLeft(hold({ renewals: [renewal, renewal] }))).toBe(0)
})

test('the hold whose review is nearest comes first, and an ended one not at all', () => {
  const near = hold({ reviewBy: '2026-12-05' })
  const ended = hold({ reviewBy: '2026-12-02', ended: { at, how: 'set-aside' } })
  const past = hold({ reviewBy: '2026-12-01', until: '2026-12-01' })
  const standing = standingHolds([hold(), ended, past, near], '2026-12-02' as Day)
  expect(standing.map(({ reviewBy }) => reviewBy)).toEqual(['2026-12-05', '2027-01-15'])
})

test('a review is late the day after its day', () => {
  expect(isOverdue(hold(), '2027-01-15' as Day)).toBe(false)
  expect(isOverdue(hold(), '2027-01-16' as Day)).toBe(true)
})
