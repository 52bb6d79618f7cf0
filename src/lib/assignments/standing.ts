import type { Assignment } from '#contract/assignment.ts'
import type { Day } from '#contract/day.ts'

/** Where an assignment stands on a day: both its first and its last day belong to it. */
export function standingOf(
  assignment: Pick<Assignment, 'from' | 'until'>,
  today: Day
): 'coming' | 'current' | 'past' {
  if (today < assignment.from) return 'coming'
  return assignment.until !== undefined && assignment.until < today ? 'past' : 'current'
}
