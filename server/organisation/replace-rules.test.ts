import { describe, expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { standardOrganisation } from './standard.ts'
import { wrongInRules } from './replace-rules.ts'

const today = '2026-11-22' as Day
const organisation = standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Mallikunta' })

const ruleOf = (from: string, fields: Partial<OrganiserRule> = {}): OrganiserRule => ({
  organiser: 'mallikunta',
  from: from as Day,
  roundingMinutes: 15,
  roundingMode: 'up',
  minBillableMinutes: 30,
  cancelNoticeHours: 24,
  cancelBillable: true,
  shared: 'each',
  ...fields
})
const old = ruleOf('2026-01-01')
const coming = ruleOf('2027-01-01')
const codes = (former: OrganiserRule[], next: OrganiserRule[]) =>
  wrongInRules({ ...organisation, rules: former }, next, today).map(({ code }) => code)

describe('rules of an organiser', () => {
  test.each([
    ['the first may begin when the contract did', [], [old], []],
    ['a new version may begin today or later', [old], [old, ruleOf('2026-11-22'), coming], []],
    [
      'what has decided about past visits stays as it is',
      [old],
      [ruleOf('2026-01-01', { shared: 'once' })],
      ['past', 'in-force']
    ],
    ['and is not taken away', [old], [], ['in-force']],
    ['nothing new is put before today', [old], [old, ruleOf('2026-11-21')], ['past']],
    [
      'a product of its own is no way around',
      [old],
      [old, ruleOf('2026-06-01', { product: 'home-service' })],
      ['past']
    ],
    [
      'what is only to come may be changed',
      [old, coming],
      [old, ruleOf('2027-01-01', { minBillableMinutes: 0 })],
      []
    ],
    ['or taken away', [old, coming], [old], []],
    ['two cannot begin on one day', [old], [old, coming, coming], ['taken']],
    [
      'both are named as the settings name them',
      [],
      [ruleOf('2026-01-01', { organiser: 'x', product: 'y' })],
      ['unknown', 'unknown']
    ]
  ] as [string, OrganiserRule[], OrganiserRule[], string[]][])(
    '%s',
    (_name, former, next, wrong) => {
      expect(codes(former, next)).toEqual(wrong)
    }
  )

  test('the wrong field is named', () => {
    const next = [old, ruleOf('2026-11-21')]
    expect(wrongInRules({ ...organisation, rules: [old] }, next, today)).toEqual([
      { path: ['rules', 1, 'from'], code: 'past' }
    ])
  })
})
