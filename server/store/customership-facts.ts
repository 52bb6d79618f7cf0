import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { EndReason } from '#contract/ending.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { Task } from '#contract/role.ts'

export interface CustomershipFacts {
  readonly id: CustomershipId
  readonly revision: number
  readonly state: CustomershipState
  readonly startDay: Day
  readonly endDay: Day | null
  readonly deleteBy: Day | null
  readonly endReason: EndReason | null
  /** GDPR Art. 18: since when its processing is restricted. */
  readonly restrictedOn: Day | null
}

export interface AssignmentFacts {
  readonly customership: CustomershipId
  readonly entry: EntryId
  readonly worker: UserId
  readonly from: Day
  readonly until: Day | null
  readonly tasks: readonly Task[]
}
