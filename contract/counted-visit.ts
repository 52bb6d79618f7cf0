import { dayAt, toMilliseconds, type Day } from './day.ts'
import type { Decision } from './decision.ts'
import { ruleFor, type OrganiserRule, type RuleTerms } from './organiser-rule.ts'
import { partOf, type Split } from './split.ts'
import type { Visit } from './visit.ts'

/**
 * Planned, actual and billable minutes are three different numbers, and all are kept. Of a time that
 * siblings shared and the rule divides, they are this customership's part.
 */
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
  /** Whose time it was. */
  readonly worker: string
  /** Only where the rule divides. */
  readonly split: Split | null
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

type Ends = readonly [from: Visit['startedAt'], to: Visit['endedAt']]

function spanOf(visit: Visit, [from, to]: Ends, rule: RuleTerms): Span | null {
  if (!from || !to) return null
  const { worker } = visit
  return {
    from: toMilliseconds(from),
    to: toMilliseconds(to),
    worker,
    split: appliedSplit(visit, rule)
  }
}

const plannedOf = ({ plannedStart, plannedEnd }: Visit): Ends => [plannedStart, plannedEnd]
const actualOf = ({ startedAt, endedAt }: Visit): Ends => [startedAt, endedAt]

/** What divides its time: nobody shares a visit that was not held, and some organisers count each sibling whole. */
export function appliedSplit(visit: Visit, rule: RuleTerms): Split | null {
  const isHeld = visit.state === 'started' || visit.state === 'completed'
  return (isHeld && rule.siblings !== 'each' && visit.split) || null
}

function lengthOf(span: Span | null): number {
  if (!span) return 0
  const minutes = wholeMinutes(span.to - span.from)
  return span.split ? partOf(minutes, span.split) : minutes
}

/** When it began, or was to begin. Of a visit that was not held the tablet's time is when somebody wrote it down. */
export function startOf(visit: Visit): Visit['startedAt'] {
  const isHeld = visit.state === 'started' || visit.state === 'completed'
  return isHeld ? (visit.startedAt ?? visit.plannedStart) : (visit.plannedStart ?? visit.startedAt)
}

/** The time that is charged, and the time that will be if all goes as planned. */
function chargedSpan(visit: Visit, rule: RuleTerms): Span | null {
  const planned = spanOf(visit, plannedOf(visit), rule)
  const actual = spanOf(visit, actualOf(visit), rule)
  if (visit.state === 'completed') return actual
  const isLate = visit.state === 'cancelled-late' || visit.state === 'not-at-home'
  return isLate && rule.cancelBillable ? (planned ?? actual) : null
}

function expectedSpan(visit: Visit, rule: RuleTerms): Span | null {
  const isAhead = visit.state === 'planned' || visit.state === 'started'
  return isAhead ? spanOf(visit, plannedOf(visit), rule) : null
}

/** Alike in every sibling's customership, so that the odd minutes of a time fall to one of them and not to two. */
const byStart = (one: Span, other: Span): number =>
  one.from - other.from || one.worker.localeCompare(other.worker)

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

/**
 * What falls to this customership of the minutes that the spans cover. Time that one worker gave to it
 * alone is whole, whoever else was there with its siblings too; the rest is divided.
 */
function dueMinutes(spans: readonly Span[]): number {
  const ordered = [...spans].sort(
    (one, other) => (one.split?.of ?? 1) - (other.split?.of ?? 1) || byStart(one, other)
  )
  let due = 0
  let covered = 0
  for (const [index, { split }] of ordered.entries()) {
    const next = ordered[index + 1]
    if (next && next.split?.of === split?.of) continue
    const reached = coveredMinutes(ordered.slice(0, index + 1))
    const first = ordered.find((one) => one.split?.of === split?.of)?.split
    due += first ? partOf(reached - covered, first) : reached - covered
    covered = reached
  }
  return due
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
    .sort((one, other) => byStart(one.span, other.span) || one.index - other.index)
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
    const minutes = dueMinutes([...group, ...before]) - dueMinutes(before)
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
    return [
      { visit, day, rule, charged: chargedSpan(visit, rule), expected: expectedSpan(visit, rule) }
    ]
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
    plannedMinutes: lengthOf(spanOf(visit, plannedOf(visit), rule)),
    actualMinutes: visit.state === 'completed' ? lengthOf(spanOf(visit, actualOf(visit), rule)) : 0,
    billableMinutes: charged[index]
      ? (chargedShares[index] ?? 0)
      : billableMinutes(lengthOf(spans.charged), rule),
    expectedMinutes: expected[index]
      ? (expectedShares[index] ?? 0)
      : billableMinutes(lengthOf(spans.expected), rule)
  }))
}
