import { expect, test } from 'vitest'
import type { SummaryAnswer, SummaryLine } from '#contract/summary-request.ts'
import { wrongOf } from '#lib/i18n/wrong.ts'
import { behindOf, deliverable, tellingOf } from './month-pass.ts'
import { groupByOrganiser } from './organiser-groups.ts'
import { formKey, isSummaryOf } from './summary-address.ts'

const line = (customership: string, more: Partial<SummaryLine> = {}) =>
  ({
    ...{ customership, organiser: 'a', state: 'draft', missing: [], receipt: null },
    ...{ summary: customership, isChanged: false },
    ...more
  }) as SummaryLine

const groupOf = (lines: readonly SummaryLine[]) => groupByOrganiser(lines, (id) => id)[0]!
const idsOf = (lines: readonly SummaryLine[]) => lines.map(({ customership }) => customership)

test('a pass takes what is checked and what nobody has touched, and tells the latter', () => {
  const group = groupOf([
    line('untouched', { summary: null }),
    line('saved'),
    line('checked', { state: 'checked' }),
    line('missing', { summary: null, missing: [{ code: 'no-note' }] })
  ])
  expect(idsOf(group.ready)).toEqual(['untouched', 'checked'])
  expect(idsOf(group.untouched)).toEqual(['untouched'])
  expect(idsOf(group.unchecked)).toEqual(['saved'])
})

test('what has changed since it was approved is in no archive; what is unconfirmed is in one again', () => {
  const group = groupOf([
    line('approved', { state: 'approved' }),
    line('changed', { state: 'approved', isChanged: true }),
    line('delivered', { state: 'delivered' }),
    line('confirmed', { state: 'delivered', receipt: 'received' })
  ])
  expect(idsOf(deliverable(group, 'month'))).toEqual(['approved'])
  expect(idsOf(group.changed)).toEqual(['changed'])
  expect(idsOf(deliverable(group, 'again'))).toEqual(['delivered'])
})

test('every outcome but done is told, of whom it was', () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => line(id))
  const outcomes = ['approved', 'already', 'changed', 'missing', 'address', 'absent'] as const
  const results = lines.map(({ customership, organiser }, index) => ({
    ...{ customership, organiser, outcome: outcomes[index]!, number: null }
  }))
  const behind = behindOf(results, lines).map((one) => [one.line.customership, one.why])
  expect(behind).toEqual([
    ['c', 'changed'],
    ['d', 'missing'],
    ['e', 'address'],
    ['f', 'absent']
  ])
})

test('a delivery that is refused for an address tells whose it was, and nothing else does', () => {
  const lines = [line('a'), line('b')]
  const wrong = wrongOf([{ path: ['summaries', 1], code: 'protected-address' }])
  const telling = tellingOf(wrong, lines)
  expect(telling).toEqual([{ line: lines[1], why: 'address' }])
  const other = wrongOf([{ path: ['summaries', 1], code: 'too_big' }])
  expect(tellingOf(other, lines)).toEqual([])
})

test('an answer to another address is not this one’s, nor is a form that was begun there', () => {
  const asked = { customership: 'a', organiser: 'o', month: '2026-11' }
  const answer = { ...asked, version: 1 } as unknown as SummaryAnswer
  expect(isSummaryOf(answer, asked)).toBe(true)
  expect(isSummaryOf(null, asked)).toBe(false)
  for (const other of [{ customership: 'b' }, { organiser: 'p' }, { month: '2026-10' }]) {
    expect(isSummaryOf(answer, { ...asked, ...other })).toBe(false)
    expect(formKey({ ...asked, ...other }, 1)).not.toBe(formKey(asked, 1))
  }
  expect(formKey(asked, 2)).not.toBe(formKey(asked, 1))
})
