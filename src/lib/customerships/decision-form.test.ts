import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import {
  changedFields,
  decisionToForm,
  hoursToMinutes,
  minutesToHours,
  readDecisionForm
} from './decision-form.ts'

const decision: Decision = {
  organiser: 'mallikunta',
  controller: 'organiser',
  product: 'home-service',
  funding: 'voucher',
  number: 'KP-1',
  from: '2026-01-01' as Day,
  until: '2026-12-31' as Day,
  grantedMinutes: 755,
  grantedPer: 'month',
  goals: ['Arki sujuu', 'Vanhempi lepää']
}

test('hours are written so that the same minutes are read back', () => {
  for (let minutes = 0; minutes < 6000; minutes += 1)
    expect(hoursToMinutes(minutesToHours(minutes))).toBe(minutes)
  expect([750, 755, 60, 0].map(minutesToHours)).toEqual(['12,5', '12:35', '1', '0'])
})

test('a decision opened in the form and saved untouched is the same decision', () => {
  expect(readDecisionForm(decisionToForm(decision)).read).toEqual(decision)
  const { number: _number, ...unnumbered } = decision
  expect(readDecisionForm(decisionToForm(unnumbered)).read).toEqual(unnumbered)
})

test('what another has changed is named field by field, in the order of the form', () => {
  const other = { ...decision, grantedMinutes: 900, until: '2027-01-31' as Day }
  expect(changedFields(decision, other)).toEqual(['until', 'hours'])
  expect(changedFields(decision, { ...decision })).toEqual([])
})
