import { expect, test } from 'vitest'
import { minutesBetween } from '#contract/day.ts'
import { endsNextDay, readVisitForm } from './visit-form.ts'

const form = {
  decision: '01890000-0000-7000-8000-000000000001',
  worker: '01890000-0000-7000-8000-000000000002',
  day: '2026-11-23',
  start: '9:05',
  end: '11.30'
}

test('a day and two times in Helsinki become instants', () => {
  expect(readVisitForm(form).read).toMatchObject({
    plannedStart: '2026-11-23T07:05:00.000Z',
    plannedEnd: '2026-11-23T09:30:00.000Z'
  })
})

test('a visit may cross midnight', () => {
  const night = { ...form, start: '21:00', end: '6:00' }
  expect(endsNextDay(night)).toBe(true)
  expect(readVisitForm(night).read?.plannedEnd).toBe('2026-11-24T04:00:00.000Z')
})

test('the night when the clock is set back is an hour longer', () => {
  const read = readVisitForm({ ...form, day: '2026-10-24', start: '22:00', end: '6:00' }).read
  expect(read && minutesBetween(read.plannedStart, read.plannedEnd)).toBe(9 * 60)
})

test('every missing field is named at once', () => {
  const empty = { decision: '', worker: '', day: '', start: '25:00', end: '' }
  expect(Object.keys(readVisitForm(empty).wrong ?? {})).toEqual([
    'decision',
    'worker',
    'day',
    'plannedStart',
    'plannedEnd'
  ])
})
