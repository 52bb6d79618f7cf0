import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { emptyRuleForm, nextVersion, readRuleForm, stepsFor, wrongOfRule } from './rule-form.ts'

const today = '2026-11-22' as Day
const rule: OrganiserRule = {
  organiser: 'mallikunta',
  from: '2026-01-01' as Day,
  roundingMinutes: 12,
  roundingMode: 'up',
  minBillableMinutes: 30,
  cancelNoticeHours: 24,
  cancelBillable: true,
  shared: 'once'
}

test('the next version is the former one from today on, until it is changed', () => {
  const each = { ...rule, siblings: 'each' as const }
  expect(readRuleForm(nextVersion(each, today)).read).toEqual({ ...each, from: today })
  const coming = { ...rule, product: 'home-service', from: '2027-01-01' as Day }
  expect(readRuleForm(nextVersion(coming, today)).read).toMatchObject({
    ...coming,
    from: '2027-01-02'
  })
})

test('a rule from before siblings were counted divides their time, as it is counted', () => {
  expect(readRuleForm(nextVersion(rule, today)).read).toMatchObject({ siblings: 'split' })
})

test('a rule for all products names none', () => {
  const { read } = readRuleForm(emptyRuleForm('mallikunta', today))
  expect(read).not.toHaveProperty('product')
  expect(read).toMatchObject({ roundingMinutes: 1, minBillableMinutes: 0, cancelBillable: false })
})

test('what is not a number is said at its field', () => {
  const form = {
    ...nextVersion(rule, today),
    minBillableMinutes: 'puoli',
    cancelNoticeHours: '999'
  }
  expect(readRuleForm(form).wrong).toEqual({
    minBillableMinutes: 'wrong.minutes',
    cancelNoticeHours: 'wrong.noticeHours'
  })
})

test('a step that is not in the list is offered too', () => {
  expect(stepsFor(nextVersion(rule, today))).toContain(12)
})

test('what the server says of this rule is said at its field, and of no other', () => {
  const wrong = { 'rules.1.from': 'wrong.past', 'rules.11.from': 'wrong.taken' } as const
  expect(wrongOfRule(wrong, 1)).toEqual({ from: 'wrong.past' })
})
