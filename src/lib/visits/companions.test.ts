import { describe, expect, test } from 'vitest'
import { toMoment, type Day } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { Visit } from '#contract/visit.ts'
import { companionsOf, planOf, visitsToJoin } from './companions.ts'

const at = (text: string) => toMoment(Date.parse(`2026-03-02T${text}:00+02:00`))
const visit = (id: string, worker: string, data: object) =>
  ({ id, kind: 'visit', data: { worker, ...data } }) as unknown as Entry<'visit'>
const planned = (id: string, worker: string, from: string, until: string, more: object = {}) =>
  visit(id, worker, {
    state: 'planned',
    ...{ plannedStart: at(from), plannedEnd: at(until), ...more }
  })
const ids = (found: readonly Entry<'visit'>[]) => found.map(({ id }) => id)

const hers = planned('hers', 'helmi', '09:00', '11:00')
const shared = visit('shared', 'outi', { state: 'started', startedAt: at('11:30'), shares: 'hers' })
const cancelled: Pick<Visit, 'state'> = { state: 'cancelled-late' }
const all = [
  hers,
  shared,
  planned('beside', 'aino', '10:00', '12:00'),
  planned('later', 'aino', '11:00', '12:00'),
  planned('own', 'helmi', '10:00', '12:00'),
  planned('off', 'aino', '09:00', '11:00', cancelled),
  planned('fork', 'aino', '09:00', '11:00', { forkOf: 'beside' })
]

describe('two workers at one visit', () => {
  test('are those under one plan, and those planned at the same time', () => {
    expect(ids(companionsOf(hers, all))).toEqual(['shared', 'beside'])
    expect(ids(companionsOf(shared, all))).toEqual(['hers'])
  })

  test('see one plan, which the second has from the first', () => {
    expect(planOf(shared, all)).toMatchObject({ plannedStart: at('09:00') })
    expect(planOf({ ...shared, data: { ...shared.data, shares: undefined } }, all)).toEqual({})
  })

  test('meet at a visit of that day that is not called off, under the name of whose plan it is', () => {
    expect(ids(visitsToJoin(all, '2026-03-02' as Day))).toEqual(['hers', 'beside', 'later', 'own'])
    expect(visitsToJoin(all, '2026-03-03' as Day)).toEqual([])
  })
})
