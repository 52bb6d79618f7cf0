import type { Assignment } from '#contract/assignment.ts'
import type { Holding } from '#contract/customership.ts'
import { addDays, type Day, type Moment } from '#contract/day.ts'

type Span = Pick<Assignment, 'from' | 'until'>

/** What an assignment means on its worker's tablets now. A tablet forgets by itself; the office knows it once the tablet has said so. */
export type TabletEffect =
  | { readonly kind: 'from'; readonly day: Day }
  | { readonly kind: 'held'; readonly at: Moment; readonly until: Day | null }
  | { readonly kind: 'next' | 'goes' | 'gone' | 'never' }

export function tabletEffect(
  assignment: Assignment,
  holdings: readonly Holding[],
  at: { readonly today: Day; readonly aheadDays: number }
): TabletEffect {
  const own = holdings.filter(({ user }) => user === assignment.worker)
  const holding = own.filter(({ purgedAt }) => purgedAt === null)
  const first = addDays(assignment.from, -at.aheadDays)
  if (at.today < first) return { kind: 'from', day: first }
  if (assignment.until !== undefined && assignment.until < at.today) {
    if (holding.length > 0) return { kind: 'goes' }
    return { kind: own.length > 0 ? 'gone' : 'never' }
  }
  const held = holding.flatMap(({ heldAt }) => heldAt ?? []).sort()
  const [fetched] = held
  return fetched ? { kind: 'held', at: fetched, until: assignment.until ?? null } : { kind: 'next' }
}

/** What a span would do, said before it is saved. */
export function effectOf(
  { from, until }: Span,
  { today, aheadDays }: { readonly today: Day; readonly aheadDays: number }
): { readonly comes: Day | 'now' | null; readonly goes: Day | 'now' | null } {
  if (until !== undefined && until < today) return { comes: null, goes: 'now' }
  const first = addDays(from, -aheadDays)
  return { comes: today < first ? first : 'now', goes: until ?? null }
}
