import {
  appliedSplit,
  countVisits,
  billableMinutes,
  roundMinutes,
  startOf,
  type VisitMinutes
} from './counted-visit.ts'
import { dayAt, minutesBetween, toMilliseconds } from './day.ts'
import type { Decision } from './decision.ts'
import { findRule, type OrganiserRule, type RuleTerms } from './organiser-rule.ts'
import type { Visit } from './visit.ts'

/** Why what is billed is another time than what was held; each is a sentence on the screen. */
export type BillableReason =
  | { readonly why: 'rounded'; readonly step: number; readonly mode: RuleTerms['roundingMode'] }
  | { readonly why: 'minimum'; readonly minutes: number }
  /** Siblings at the same time, which the rule divides among them. */
  | { readonly why: 'split'; readonly of: number }
  /** Two workers at the same time, which the rule counts once. */
  | { readonly why: 'shared-once' }
  /** Cancelled too late, or nobody at home: the planned time is billed. */
  | { readonly why: 'late-as-planned' }
  /** The same, and the rule bills nothing of it. */
  | { readonly why: 'late-free'; readonly noticeHours: number }
  | { readonly why: 'not-held-free' }

export interface ExplainedVisit extends VisitMinutes {
  readonly reasons: readonly BillableReason[]
}

/**
 * The three numbers of a visit, and in what its billable time differs from the time that was held.
 * Null where no rule says how it is billed: a number would then be more exact than anybody knows.
 */
export function explainVisit(
  visit: Visit,
  decision: Pick<Decision, 'organiser'>,
  visits: readonly Visit[],
  rules: readonly OrganiserRule[]
): ExplainedVisit | null {
  const start = startOf(visit)
  if (start === undefined) return null
  const day = dayAt(toMilliseconds(start))
  const rule = findRule(rules, decision.organiser, visit.product, day)
  const counted = countVisits(visit.decision, decision, visits, rules).find(
    (one) => one.visit === visit
  )
  if (!rule || !counted) return null
  const { plannedMinutes, actualMinutes, billableMinutes: billable } = counted
  const minutes = { plannedMinutes, actualMinutes, billableMinutes: billable }
  return { ...minutes, reasons: reasonsOf(visit, minutes, rule) }
}

function reasonsOf(visit: Visit, minutes: VisitMinutes, rule: RuleTerms): BillableReason[] {
  switch (visit.state) {
    case 'planned':
    case 'started':
      return []
    case 'cancelled-in-time':
    case 'cancelled-by-provider':
      return [{ why: 'not-held-free' }]
    case 'cancelled-late':
    case 'not-at-home': {
      const noticeHours = rule.cancelNoticeHours
      if (!rule.cancelBillable) return [{ why: 'late-free', noticeHours }]
      return [
        { why: 'late-as-planned' },
        ...stepsOf(chargedWhenLate(visit, minutes), minutes, rule)
      ]
    }
    case 'completed': {
      const split = appliedSplit(visit, rule)
      const divided = split ? [{ why: 'split' as const, of: split.of }] : []
      return [...divided, ...stepsOf(minutes.actualMinutes, minutes, rule)]
    }
  }
}

const chargedWhenLate = (
  { plannedStart, plannedEnd, startedAt, endedAt }: Visit,
  minutes: VisitMinutes
) =>
  plannedStart && plannedEnd
    ? minutes.plannedMinutes
    : startedAt && endedAt
      ? minutesBetween(startedAt, endedAt)
      : 0

/** From the time that is charged to what is billed of it. */
function stepsOf(
  charged: number,
  { billableMinutes: billed }: VisitMinutes,
  rule: RuleTerms
): BillableReason[] {
  const alone = billableMinutes(charged, rule)
  if (billed !== alone) return [{ why: 'shared-once' }]
  const { roundingMinutes: step, roundingMode: mode, minBillableMinutes: minutes } = rule
  if (alone === charged) return []
  const rounded = roundMinutes(charged, rule)
  return alone > rounded ? [{ why: 'minimum', minutes }] : [{ why: 'rounded', step, mode }]
}
