import { expect, test } from 'vitest'
import { deleteByOf, readEndingForm } from './ending-form.ts'

test('§7 the day of deletion follows from the last day of the service', () => {
  expect(deleteByOf('2026-11-30', 60)).toBe('2027-01-29')
  expect(deleteByOf('2026-02-30', 60)).toBeNull()
})

test('a missing day or reason is named', () => {
  expect(readEndingForm({ endDay: '', reason: '' }).wrong).toEqual({
    endDay: 'wrong.day',
    reason: 'wrong.required'
  })
})
