import { addDays, type Day } from '#contract/day.ts'
import type { Organiser, Product } from '#contract/organisation.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'

/** A version and the last day on which it is in force; null while nothing follows it. */
export interface Version {
  readonly rule: OrganiserRule
  readonly until: Day | null
}

/** All the versions of one organiser's rule for one product, or for all of them. */
export interface RuleScope {
  readonly product: string | null
  readonly current: Version | null
  /** The one that begins first first. */
  readonly coming: readonly Version[]
  /** The latest first. */
  readonly past: readonly Version[]
}

export interface OrganiserRules {
  readonly organiser: Organiser
  readonly scopes: readonly RuleScope[]
}

function scopeOf(rules: readonly OrganiserRule[], product: string | null, today: Day): RuleScope {
  const ordered = rules
    .filter((rule) => (rule.product ?? null) === product)
    .sort((one, other) => one.from.localeCompare(other.from))
  const versions = ordered.map((rule, index): Version => {
    const next = ordered[index + 1]
    return { rule, until: next ? addDays(next.from, -1) : null }
  })
  const current = versions.findLast(({ rule }) => rule.from <= today) ?? null
  return {
    product,
    current,
    coming: versions.filter(({ rule }) => rule.from > today),
    past: versions.filter((each) => each !== current && each.rule.from <= today).reverse()
  }
}

/** Every organiser, also one without a rule: what is for all products first, then product by product. */
export function rulesByOrganiser(
  organisers: readonly Organiser[],
  products: readonly Product[],
  rules: readonly OrganiserRule[],
  today: Day
): OrganiserRules[] {
  return organisers.map((organiser) => {
    const own = rules.filter((rule) => rule.organiser === organiser.id)
    const named = products
      .map(({ id }) => id)
      .filter((id) => own.some((rule) => rule.product === id))
    const scopes = [null, ...named]
      .map((product) => scopeOf(own, product, today))
      .filter(({ current, coming }) => current !== null || coming.length > 0)
    return { organiser, scopes }
  })
}
