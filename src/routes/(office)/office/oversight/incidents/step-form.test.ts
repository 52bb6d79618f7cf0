import { expect, test } from 'vitest'
import { instantOf, toMoment, type Day } from '#contract/day.ts'
import { readStepForm, type StepForm, type StepName } from './step-form.ts'

const noticedAt = toMoment(instantOf('2026-11-20' as Day, 9, 0))
const now = instantOf('2026-11-24' as Day, 9, 0)
const empty: StepForm = { day: '', time: '', ground: '', reason: '', way: '' }

const read = (step: StepName, form: Partial<StepForm>) =>
  readStepForm(step, { ...empty, ...form }, { noticedAt, organiser: 'mallikunta', now })

test('within 72 hours the authority is told by its time alone', () => {
  expect(read('authority-told', { day: '2026-11-23', time: '08:59' })).toEqual({
    step: {
      step: 'authority-told',
      at: toMoment(instantOf('2026-11-23' as Day, 8, 59)),
      delay: null
    }
  })
})

test('past 72 hours the reasons for the delay are asked for', () => {
  const late = { day: '2026-11-23', time: '09:01' }
  expect(read('authority-told', late)).toEqual({ wanting: ['reason'] })
  expect(read('authority-told', { ...late, reason: ' Viikonloppu ' })).toMatchObject({
    step: { delay: 'Viikonloppu' }
  })
})

test('nothing is done tomorrow, and what is not told has its ground and its reason', () => {
  expect(read('persons-told', { day: '2026-11-25', time: '09:00', way: 'by-phone' })).toEqual({
    wanting: ['time']
  })
  expect(read('persons-not-told', {})).toEqual({ wanting: ['ground', 'reason'] })
  expect(read('closed', {})).toEqual({ step: { step: 'closed' } })
})
