import type { Day } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'

/** Who serves a customership today organises its service, and is not asked what they open it for. */
export function isResponsible(
  user: UserId,
  assignments: readonly AssignmentFacts[],
  today: Day
): boolean {
  return assignments.some(
    ({ worker, from, until }) =>
      worker === user && from <= today && (until === null || until >= today)
  )
}
