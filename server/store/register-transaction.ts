import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, OperationId } from '#contract/id.ts'
import type { Answers } from './answers.ts'
import type { AppliedOperations } from './applied-operations.ts'
import type { CustomershipChange } from './customership-change.ts'
import type { Deletions } from './deletions.ts'
import type { DocumentPages } from './document-pages.ts'
import type { EntryName } from './entry-rows.ts'
import type { Holdings } from './holdings.ts'
import type { Packages } from './packages.ts'
import type { Prints } from './prints.ts'
import type { RightsWorks } from './rights-works.ts'
import type { SealedCustomership } from './sealed-customership.ts'
import type { Use, UsageLog } from './usage-log.ts'

export type Changed<T> =
  { value: T } | { absent: true } | { closed: CustomershipState } | { restrictedOn: Day }

export interface Writable {
  readonly alsoClosed?: boolean
  readonly alsoRestricted?: boolean
}

export interface RegisterTransaction {
  /** Makes the data key in both copies first. Throws when the id was ever used. */
  create(id: CustomershipId, startDay: Day): Promise<CustomershipChange>
  /** Many at once, sealed beforehand, each with its line of use. False: one of the ids was used before, and nothing is written. */
  insert(sealed: readonly SealedCustomership[], use: Omit<Use, 'customership'>): Promise<boolean>
  /**
   * Raises the revision once. `alsoClosed` is for the ending and for main users, never for operations;
   * `alsoRestricted` for what ends, deletes or lifts, and for what keeps nobody's data alive.
   */
  change<T>(
    id: CustomershipId,
    use: (change: CustomershipChange) => Promise<T>,
    options?: Writable
  ): Promise<Changed<T>>
  /** For what is brought before its document, under no revision. Null: the customership takes no changes. */
  pages(id: CustomershipId): Promise<DocumentPages | null>
  isRestricted(id: CustomershipId): Promise<boolean>
  /** For what tells of a customership and is no part of it. Null: it is not ending, or is being deleted. */
  packages(id: CustomershipId): Promise<Packages | null>
  /** For what is given to the client; it raises no revision. Null: there is none, or it is being deleted. */
  answers(id: CustomershipId): Promise<Answers | null>
  /** The words of its requests, in whichever state it is read. Null: there is none, or it is being deleted. */
  rights(id: CustomershipId): Promise<RightsWorks | null>
  /** Whatever `use` throws undoes what it did, and only that. */
  savepoint<T>(use: () => Promise<T>): Promise<T>
  /** What `use` writes of customerships and operations goes to the disk together. It may run twice. */
  gathered<T>(use: () => Promise<T>): Promise<T>
  /** While gathering: what will be asked for one by one, in a few questions. */
  readAhead(named: NamedAhead): Promise<void>
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly deletions: Deletions
  readonly usage: UsageLog
  readonly prints: Prints
}

export interface NamedAhead {
  readonly customerships: readonly CustomershipId[]
  readonly entries: readonly EntryName[]
  readonly operations: readonly OperationId[]
}
