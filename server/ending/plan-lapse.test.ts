import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import { addDays, type Day } from '#contract/day.ts'
import { customershipIdSchema } from '#contract/id.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import { planLapse } from './plan-lapse.ts'

const id = customershipIdSchema.parse('11111111-1111-4111-8111-111111111111')
const today = daySchema.parse('2026-11-22')
const facts = (more: Partial<CustomershipFacts> = {}): CustomershipFacts => ({
  id,
  revision: 7,
  state: 'active',
  startDay: daySchema.parse('2025-01-01'),
  endDay: null,
  deleteBy: null,
  endReason: null,
  restrictedOn: null,
  ...more
})
const lapseOn = (lastDay: Day, lapseDays: number, more?: Partial<CustomershipFacts>) =>
  planLapse([facts(more)], new Map([[id, lastDay]]), new Map(), today, lapseDays)

test('§7 it ends the day after the last day of grace, and not a day sooner', () => {
  expect(lapseOn(addDays(today, -30), 30)).toEqual([])
  expect(lapseOn(addDays(today, -31), 30)).toEqual([{ id, endDay: addDays(today, -1) }])
  expect(lapseOn(addDays(today, -1), 0)).toEqual([{ id, endDay: addDays(today, -1) }])
})

test('what has a decision, no decision at all, or an end already does not lapse', () => {
  expect(lapseOn(today, 0)).toEqual([])
  expect(planLapse([facts()], new Map(), new Map(), today, 0)).toEqual([])
  for (const state of ['ending', 'closed', 'deleting'] as const)
    expect(lapseOn(addDays(today, -90), 30, { state })).toEqual([])
})

test('it never ends before it began, nor on a day to come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: 0, max: 60 }),
      (ago, grace) => {
        const startDay = addDays(today, -100)
        for (const { endDay } of lapseOn(addDays(today, -ago), grace, { startDay })) {
          expect(endDay >= startDay).toBe(true)
          expect(endDay < today).toBe(true)
        }
      }
    )
  )
})

test('what somebody said goes on has its days of grace again, a week at least', () => {
  const ago = (days: number) => addDays(today, -days)
  const lapse = (resumed: number, lapseDays: number) =>
    planLapse([facts()], new Map([[id, ago(100)]]), new Map([[id, ago(resumed)]]), today, lapseDays)
  expect(lapse(30, 30)).toEqual([])
  expect(lapse(31, 30)).toEqual([{ id, endDay: ago(1) }])
  expect(lapse(7, 0)).toEqual([])
  expect(lapse(8, 0)).toEqual([{ id, endDay: ago(1) }])
})
