import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { rulesByOrganiser } from './rule-groups.ts'

const today = '2026-11-22' as Day
const rule = (from: string, product?: string) =>
  ({ organiser: 'a', from, ...(product ? { product } : {}) }) as OrganiserRule
const organisers = [
  { id: 'a', name: 'A' },
  { id: 'b', name: 'B' }
]
const title = { fi: 'x', sv: 'x', en: 'x' }
const products = [{ id: 'care', title, template: 'care' }]

test('each version ends the day before the next; one is in force, others have been or are to come', () => {
  const rules = [rule('2027-01-01'), rule('2025-01-01'), rule('2026-03-01'), rule('2024-01-01')]
  const [a, b] = rulesByOrganiser(organisers, products, rules, today)
  expect(a?.scopes).toEqual([
    {
      product: null,
      current: { rule: rules[2], until: '2026-12-31' },
      coming: [{ rule: rules[0], until: null }],
      past: [
        { rule: rules[1], until: '2026-02-28' },
        { rule: rules[3], until: '2024-12-31' }
      ]
    }
  ])
  expect(b?.scopes).toEqual([])
})

test('what is for all products comes before what is for one', () => {
  const rules = [rule('2026-01-01', 'care'), rule('2026-01-01')]
  const [a] = rulesByOrganiser(organisers, products, rules, today)
  expect(a?.scopes.map(({ product }) => product)).toEqual([null, 'care'])
})
