import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { EndReason } from '#contract/ending.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { Task } from '#contract/role.ts'
import type { AppliedOperations } from './applied-operations.ts'
import type { CustomershipChange } from './customership-change.ts'
import type { CustomershipReader } from './customership-reader.ts'
import type { Deletions } from './deletions.ts'
import type { Holdings } from './holdings.ts'

export interface CustomershipFacts {
  readonly id: CustomershipId
  readonly revision: number
  readonly state: CustomershipState
  readonly startDay: Day
  readonly endDay: Day | null
  readonly deleteBy: Day | null
  readonly endReason: EndReason | null
}

export interface AssignmentFacts {
  readonly customership: CustomershipId
  readonly entry: EntryId
  readonly worker: UserId
  readonly from: Day
  readonly until: Day | null
  readonly tasks: readonly Task[]
}

export type Changed<T> = { value: T } | { absent: true } | { closed: CustomershipState }

export interface RegisterTransaction {
  /** Makes the data key in both copies first. Throws when the id was ever used. */
  create(id: CustomershipId, startDay: Day): Promise<CustomershipChange>
  /** Raises the revision once. `alsoClosed` is for the ending and for main users, never for operations. */
  change<T>(
    id: CustomershipId,
    use: (change: CustomershipChange) => Promise<T>,
    options?: { alsoClosed?: boolean }
  ): Promise<Changed<T>>
  /** Whatever `use` throws undoes what it did, and only that. */
  savepoint<T>(use: () => Promise<T>): Promise<T>
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly deletions: Deletions
}

export interface Register {
  /** One snapshot, finished before it returns. Null: there is none, or it is being deleted. */
  read<T>(id: CustomershipId, use: (reader: CustomershipReader) => Promise<T>): Promise<T | null>
  /** One durable commit. Whatever else of the store is called inside takes part in it. */
  transact<T>(use: (tx: RegisterTransaction) => Promise<T>): Promise<T>
  /** Plain columns only; `deleting` ones only when asked for by state. */
  list(filter?: {
    states?: readonly CustomershipState[]
    worker?: UserId
    ids?: readonly CustomershipId[]
  }): Promise<CustomershipFacts[]>
  assignments(filter?: {
    worker?: UserId
    customership?: CustomershipId
  }): Promise<AssignmentFacts[]>
  /** Each word must begin some word of a name. */
  search(words: string): Promise<CustomershipId[]>
}
