import { dayAt, daysBetween } from '#contract/day.ts'
import { claimedAt, type Operation } from '#contract/operation.ts'
import type { PolicySettings } from '#contract/organisation.ts'
import type { OutcomeCode } from '#contract/outcome.ts'
import { access } from '#server/access/access.ts'
import type { AssignmentFacts, CustomershipFacts } from '#server/store/register.ts'
import type { User } from '#server/store/users.ts'

/** Where a customership stands when an operation of it arrives. */
export interface Standing {
  readonly facts: CustomershipFacts
  readonly assignments: readonly AssignmentFacts[]
  /** The ledger: this tablet was sent the customership. */
  readonly wasSent: boolean
}

/**
 * Whether the author may do this: by access on receipt, or because the work was done while they were
 * assigned, on a tablet that held it, and came in time. A device's clock alone admits nothing.
 * Null admits; a code is what a person must decide.
 */
export function admission(
  author: User,
  { facts, assignments, wasSent }: Standing,
  operation: Operation,
  policy: PolicySettings,
  now: number
): OutcomeCode | null {
  const mayAt = (instant: number, aheadDays: number, where: 'office' | 'tablet') =>
    access(
      author,
      { facts, assignments },
      { now: instant, aheadDays, where }
    )?.view.operations.includes(operation.op) ?? false

  const wasEverAssigned = assignments.some(({ worker }) => worker === author.id)
  if (facts.state === 'closed')
    return wasEverAssigned ? 'customership-closed' : 'outside-assignment'
  const where = author.role === 'main-user' ? 'office' : 'tablet'
  if (mayAt(now, policy.assignmentAheadDays, where)) return null

  const claimed = Math.min(claimedAt(operation), now)
  if (!wasSent || !mayAt(claimed, 0, 'tablet')) return 'outside-assignment'
  return daysBetween(dayAt(claimed), dayAt(now)) <= policy.lateNoteDays ? null : 'late'
}
