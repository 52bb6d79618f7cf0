import { dayAt, toMilliseconds, type Day } from './day.ts'
import type { Decision } from './decision.ts'
import { ruleFor, type OrganiserRule, type RuleTerms } from './organiser-rule.ts'
import type { Visit } from './visit.ts'

/** Planned, actual and billable minutes are three different numbers, and all are kept. */
export interface VisitMinutes {
  readonly plannedMinutes: number
  readonly actualMinutes: number
  /** By the organiser's rule in force on the visit's day; 0 until something billable has happened. */
  readonly billableMinutes: number
}

/** What one visit takes of its decision. It belongs whole to the day on which it begins. */
export interface CountedVisit extends VisitMinutes {
  readonly visit: Visit
  readonly day: Day
  /** Billable minutes if the plan is carried out as it stands. */
  readonly expectedMinutes: number
}

interface Span {
  readonly from: number
  readonly to: number
}

const minuteMilliseconds = 60_000

const wholeMinutes = (milliseconds: number): number =>
  Math.max(0, Math.round(milliseconds / minuteMilliseconds))

/** To the rule's step, in the direction it says; half a step goes up. */
export function roundMinutes(
  minutes: number,
  { roundingMinutes: step, roundingMode }: Pick<RuleTerms, 'roundingMinutes' | 'roundingMode'>
): number {
  const steps = minutes / step
  if (roundingMode === 'up') return Math.ceil(steps) * step
  return (roundingMode === 'down' ? Math.floor(steps) : Math.round(steps)) * step
}

/** What an organiser pays for: nothing for nothing, otherwise rounded, and never under the minimum. */
export function billableMinutes(minutes: number, rule: RuleTerms): number {
  return minutes <= 0 ? 0 : Math.max(rule.minBillableMinutes, roundMinutes(minutes, rule))
}

function spanOf(from: Visit['startedAt'], to: Visit['endedAt']): Span | null {
  return from && to ? { from: toMilliseconds(from), to: toMilliseconds(to) } : null
}

const lengthOf = (span: Span | null): number => (span ? wholeMinutes(span.to - span.from) : 0)

/** When it began, or was to begin. Of a visit that was not held the tablet's time is when somebody wrote it down. */
export function startOf(visit: Visit): Visit['startedAt'] {
  const isHeld = visit.state === 'started' || visit.state === 'completed'
  return isHeld ? (visit.startedAt ?? visit.plannedStart) : (visit.plannedStart ?? visit.startedAt)
}

/** The time that is charged, and the time that will be if all goes as planned. */
function chargedSpan(visit: Visit, rule: RuleTerms): Span | null {
  const planned = spanOf(visit.plannedStart, visit.plannedEnd)
  const actual = spanOf(visit.startedAt, visit.endedAt)
  if (visit.state === 'completed') return actual
  const isLate = visit.state === 'cancelled-late' || visit.state === 'not-at-home'
  return isLate && rule.cancelBillable ? (planned ?? actual) : null
}

function expectedSpan(visit: Visit): Span | null {
  const isAhead = visit.state === 'planned' || visit.state === 'started'
  return isAhead ? spanOf(visit.plannedStart, visit.plannedEnd) : null
}

/** Minutes that at least one of the spans covers. */
function coveredMinutes(spans: readonly Span[]): number {
  let covered = 0
  let end = -Infinity
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    if (to <= end) continue
    covered += to - Math.max(from, end)
    end = to
  }
  return wholeMinutes(covered)
}

interface Shared {
  readonly span: Span
  readonly rule: RuleTerms
}

/**
 * Each span's share when a time counts once however many were there: those that overlap are rounded as
 * one, and each adds what the union grows by. `over` is what has been counted already.
 */
function sharesOf(spans: readonly (Shared | null)[], over: readonly Span[]): number[] {
  const shares = spans.map(() => 0)
  const order = spans
    .flatMap((shared, index) => (shared ? [{ ...shared, index }] : []))
    .sort((one, other) => one.span.from - other.span.from || one.index - other.index)
  let group: Span[] = []
  let counted = 0
  let end = -Infinity
  for (const { span, rule, index } of order) {
    if (span.from >= end) {
      group = []
      counted = 0
    }
    group.push(span)
    end = Math.max(end, span.to)
    const before = over.filter(({ from, to }) => from < end && to > (group[0]?.from ?? 0))
    const minutes = coveredMinutes([...group, ...before]) - coveredMinutes(before)
    const grown = Math.max(counted, billableMinutes(minutes, rule))
    shares[index] = grown - counted
    counted = grown
  }
  return shares
}

/** Every visit of the decision with its numbers. A version that stands beside another counts only once somebody chose it. */
export function countVisits(
  decisionId: string,
  decision: Pick<Decision, 'organiser'>,
  visits: readonly Visit[],
  rules: readonly OrganiserRule[]
): CountedVisit[] {
  const debited = visits.flatMap((visit) => {
    const start = startOf(visit)
    if (visit.decision !== decisionId || visit.forkOf || start === undefined) return []
    const day = dayAt(toMilliseconds(start))
    const rule = ruleFor(rules, decision.organiser, visit.product, day)
    return [{ visit, day, rule, charged: chargedSpan(visit, rule), expected: expectedSpan(visit) }]
  })
  const onceOnly = (span: Span | null, rule: RuleTerms): Shared | null =>
    span && rule.shared === 'once' && span.to > span.from ? { span, rule } : null
  const charged = debited.map(({ charged: span, rule }) => onceOnly(span, rule))
  const expected = debited.map(({ expected: span, rule }) => onceOnly(span, rule))
  const chargedShares = sharesOf(charged, [])
  const expectedShares = sharesOf(
    expected,
    charged.flatMap((shared) => (shared ? [shared.span] : []))
  )
  return debited.map(({ visit, day, rule, ...spans }, index) => ({
    visit,
    day,
    plannedMinutes: lengthOf(spanOf(visit.plannedStart, visit.plannedEnd)),
    actualMinutes:
      visit.state === 'completed' ? lengthOf(spanOf(visit.startedAt, visit.endedAt)) : 0,
    billableMinutes: charged[index]
      ? (chargedShares[index] ?? 0)
      : billableMinutes(lengthOf(spans.charged), rule),
    expectedMinutes: expected[index]
      ? (expectedShares[index] ?? 0)
      : billableMinutes(lengthOf(spans.expected), rule)
  }))
}
