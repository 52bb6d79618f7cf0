import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import { dayAt, toMilliseconds, toMoment, type Day, type Moment } from './day.ts'
import { settingIdSchema } from './id.ts'

/**
 * How an organiser counts the hours of a product. Versioned: the newest that is in force on the day of
 * the visit applies; one without a product is for all the organiser's products.
 */
export const organiserRuleSchema = z.strictObject({
  organiser: settingIdSchema,
  product: z.optional(settingIdSchema),
  from: daySchema,
  roundingMinutes: z.int().check(z.minimum(1), z.maximum(60)),
  roundingMode: z.enum(['up', 'nearest', 'down']),
  minBillableMinutes: z.int().check(z.minimum(0), z.maximum(480)),
  cancelNoticeHours: z.int().check(z.minimum(0), z.maximum(168)),
  cancelBillable: z.boolean(),
  /** Two workers at one visit: the hours count once, or for each. */
  shared: z.enum(['once', 'each']),
  /** Siblings visited at one time: the time is divided among them, or counts whole for each. Not there: divided. */
  siblings: z.optional(z.enum(['split', 'each']))
})
export type OrganiserRule = z.infer<typeof organiserRuleSchema>

/** What a rule says, apart from what it is said of. */
export type RuleTerms = Omit<OrganiserRule, 'organiser' | 'product' | 'from'>

/** Without a rule every minute counts as it was, and nothing that was cancelled does. */
export const plainRule: RuleTerms = {
  roundingMinutes: 1,
  roundingMode: 'nearest',
  minBillableMinutes: 0,
  cancelNoticeHours: 24,
  cancelBillable: false,
  shared: 'each',
  siblings: 'split'
}

/** The rule for a visit of that day: the product's own before the organiser's, the newest before the older. */
export function findRule(
  rules: readonly OrganiserRule[],
  organiser: string,
  product: string,
  day: Day
): OrganiserRule | undefined {
  const inForce = rules.filter(
    (rule) =>
      rule.organiser === organiser &&
      (rule.product === undefined || rule.product === product) &&
      rule.from <= day
  )
  const [first] = inForce.sort(
    (one, other) =>
      Number(other.product !== undefined) - Number(one.product !== undefined) ||
      other.from.localeCompare(one.from)
  )
  return first
}

export function ruleFor(
  rules: readonly OrganiserRule[],
  organiser: string,
  product: string,
  day: Day
): RuleTerms {
  return findRule(rules, organiser, product, day) ?? plainRule
}

/** The last moment at which a visit is cancelled in time: the rule decides, not whoever writes it down. */
export function cancelDeadline(
  rules: readonly OrganiserRule[],
  visit: { readonly organiser: string; readonly product: string; readonly plannedStart: Moment }
): Moment {
  const start = toMilliseconds(visit.plannedStart)
  const { cancelNoticeHours } = ruleFor(rules, visit.organiser, visit.product, dayAt(start))
  return toMoment(start - cancelNoticeHours * 3_600_000)
}
