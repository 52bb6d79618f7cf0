import { expect, test } from 'vitest'
import { daySchema } from '#contract/day.ts'
import { deleteByOf, readEndingForm } from './ending-form.ts'

const today = daySchema.parse('2026-11-22')

test('§7 the day of deletion follows from the last day of the service', () => {
  expect(deleteByOf('2026-11-30', 60)).toBe('2027-01-29')
  expect(deleteByOf('2026-02-30', 60)).toBeNull()
})

test('a missing day or reason is named', () => {
  expect(readEndingForm({ endDay: '', reason: '' }, today).wrong).toEqual({
    endDay: 'wrong.day',
    reason: 'wrong.required'
  })
})

test('today may be the last day, yesterday may not', () => {
  const reason = 'client-asked'
  expect(readEndingForm({ endDay: '2026-11-22', reason }, today).wrong).toBeNull()
  expect(readEndingForm({ endDay: '2026-11-21', reason }, today).wrong).toEqual({
    endDay: 'wrong.past'
  })
})
