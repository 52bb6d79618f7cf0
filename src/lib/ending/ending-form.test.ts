import { expect, test } from 'vitest'
import { readEndingForm } from './ending-form.ts'

test('a missing day or reason is named', () => {
  expect(readEndingForm({ endDay: '', reason: '' }).wrong).toEqual({
    endDay: 'wrong.day',
    reason: 'wrong.required'
  })
})

test('a service may have ended before anybody said so', () => {
  const reading = readEndingForm({ endDay: '2026-11-01', reason: 'client-moved' })
  expect(reading.read).toEqual({ endDay: '2026-11-01', reason: 'client-moved' })
})
