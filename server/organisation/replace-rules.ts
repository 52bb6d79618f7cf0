import { isDeepStrictEqual } from 'node:util'
import type { Day } from '#contract/day.ts'
import type { Organisation } from '#contract/settings.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import type { Issue } from '#contract/problem.ts'

type Settings = Pick<Organisation, 'organisers' | 'products' | 'rules'>

const has = (rules: readonly OrganiserRule[], rule: OrganiserRule): boolean =>
  rules.some((each) => isDeepStrictEqual(each, rule))

/** Whether `older` already decided about past visits that `rule` is about. */
const decided = (older: OrganiserRule, rule: OrganiserRule, today: Day): boolean =>
  older.organiser === rule.organiser &&
  (older.product === undefined || older.product === rule.product) &&
  older.from < today

/**
 * What is wrong with the next rules. A visit of a past day was counted by the rule of its day: that rule is
 * neither changed nor taken away, and no new one is put before it. An organiser's first rule may begin
 * when its contract did.
 */
export function wrongInRules(
  { organisers, products, rules: former = [] }: Settings,
  next: readonly OrganiserRule[],
  today: Day
): Issue[] {
  const issues: Issue[] = []
  for (const [index, rule] of next.entries()) {
    const wrong = (field: keyof OrganiserRule, code: string) =>
      issues.push({ path: ['rules', index, field], code })
    const { organiser, product, from } = rule
    const isSameScope = (other: OrganiserRule) =>
      other.organiser === organiser && other.product === product && other.from === from
    if (next.findIndex(isSameScope) !== index) wrong('from', 'taken')
    if (has(former, rule)) continue
    if (!organisers.some(({ id }) => id === organiser)) wrong('organiser', 'unknown')
    if (product !== undefined && !products.some(({ id }) => id === product))
      wrong('product', 'unknown')
    if (from < today && former.some((older) => decided(older, rule, today))) wrong('from', 'past')
  }
  if (former.some((rule) => rule.from < today && !has(next, rule)))
    issues.push({ path: ['rules'], code: 'in-force' })
  return issues
}
