import { addDays, type Day } from '#contract/day.ts'
import { organiserRuleSchema, plainRule, type OrganiserRule } from '#contract/organiser-rule.ts'
import { readWith, type FormReading, type Wrong } from '#lib/i18n/wrong.ts'

/** As the form holds it: what is typed is text until it is read. */
export interface RuleForm {
  organiser: string
  /** Empty: for all the organiser's products. */
  product: string
  from: string
  roundingMinutes: string
  roundingMode: OrganiserRule['roundingMode']
  minBillableMinutes: string
  cancelNoticeHours: string
  cancelBillable: 'yes' | 'no'
  shared: OrganiserRule['shared']
  siblings: NonNullable<OrganiserRule['siblings']>
}

const steps = [1, 5, 6, 10, 15, 30, 60]

/** The steps in use, and the rule's own if it is another. */
export function stepsFor(form: RuleForm): number[] {
  const own = Number(form.roundingMinutes)
  return [...new Set([...steps, own])].sort((one, other) => one - other)
}

function termsToForm(terms: Omit<OrganiserRule, 'organiser' | 'product' | 'from'>) {
  return {
    roundingMinutes: String(terms.roundingMinutes),
    roundingMode: terms.roundingMode,
    minBillableMinutes: String(terms.minBillableMinutes),
    cancelNoticeHours: String(terms.cancelNoticeHours),
    cancelBillable: terms.cancelBillable ? ('yes' as const) : ('no' as const),
    shared: terms.shared,
    siblings: terms.siblings ?? 'split'
  }
}

export function emptyRuleForm(organiser: string, from: Day): RuleForm {
  return { organiser, product: '', from, ...termsToForm(plainRule) }
}

/** The next version says what the former did until it is changed; it begins today, or the day after a later one. */
export function nextVersion(rule: OrganiserRule, today: Day): RuleForm {
  const from = rule.from < today ? today : addDays(rule.from, 1)
  return {
    organiser: rule.organiser,
    product: rule.product ?? '',
    from,
    ...termsToForm(rule)
  }
}

const wholeNumber = (text: string): number | null =>
  /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null

export function readRuleForm(form: RuleForm): FormReading<OrganiserRule> {
  const { product, roundingMinutes, minBillableMinutes, cancelNoticeHours, ...same } = form
  return readWith(organiserRuleSchema, {
    ...same,
    ...(product === '' ? {} : { product }),
    roundingMinutes: wholeNumber(roundingMinutes),
    minBillableMinutes: wholeNumber(minBillableMinutes),
    cancelNoticeHours: wholeNumber(cancelNoticeHours),
    cancelBillable: form.cancelBillable === 'yes'
  })
}

/** The server names a field by its rule's place among all; the form holds one rule. */
export function wrongOfRule(wrong: Wrong, index: number): Wrong {
  const beginning = `rules.${index}.`
  return Object.fromEntries(
    Object.entries(wrong)
      .filter(([place]) => place.startsWith(beginning))
      .map(([place, key]) => [place.slice(beginning.length), key])
  )
}
