import { dayAt, daysBetween } from '#contract/day.ts'
import { claimedAt, type Operation } from '#contract/operation.ts'
import type { PolicySettings } from '#contract/settings.ts'
import type { OutcomeCode } from '#contract/outcome.ts'
import type { View } from '#contract/view.ts'
import { access } from '#server/access/access.ts'
import type { AssignmentFacts, CustomershipFacts } from '#server/store/customership-facts.ts'
import type { User } from '#server/store/users.ts'

/** Where a customership stands when an operation of it arrives. */
export interface Standing {
  readonly facts: CustomershipFacts
  readonly assignments: readonly AssignmentFacts[]
  /** What the author may see and do of it on receipt. */
  readonly view: View | null
  /** The ledger: this tablet was sent the customership. */
  readonly wasSent: boolean
}

/**
 * Whether the author may do this: by access on receipt, or because the work was done while they were
 * assigned, on a tablet that held it, and came in time. A device's clock alone admits nothing.
 * Null admits; a code is what a person must decide: of what is restricted always, by whomever it was written.
 */
export function admission(
  author: User,
  { facts, assignments, view, wasSent }: Standing,
  operation: Operation,
  policy: PolicySettings,
  now: number
): OutcomeCode | null {
  if (facts.state === 'closed') {
    const wasEverAssigned = assignments.some(({ worker }) => worker === author.id)
    return wasEverAssigned ? 'customership-closed' : 'outside-assignment'
  }
  if (facts.restrictedOn !== null) return 'restricted'
  if (view?.operations.includes(operation.op)) return null

  const claimed = Math.min(claimedAt(operation), now)
  const at = { now: claimed, aheadDays: 0, where: 'tablet' } as const
  const then = access(author, { facts, assignments }, at)
  if (!wasSent || !then?.view.operations.includes(operation.op)) return 'outside-assignment'
  return daysBetween(dayAt(claimed), dayAt(now)) <= policy.lateNoteDays ? null : 'late'
}
