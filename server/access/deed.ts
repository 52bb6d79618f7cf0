import type { OperationName, OperationOf } from '#contract/operation.ts'
import type { DeviceId } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import type { OutcomeCode } from '#contract/outcome.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'

/** What a deed may know beside the customership it changes. */
export interface Terms {
  readonly organisation: Organisation
  readonly now: number
  /** The tablet that it was written on. */
  readonly device: DeviceId
  /** A person at the office decided on it: then it is written into what has ended too. */
  readonly alsoClosed?: true
  /** Its customership is deleted, and with it what told a repeat from what is new. */
  readonly ofDeleted?: true
}

/** Done, perhaps beside another version; or kept for a person to decide. */
export type Settled =
  | { readonly outcome: 'applied'; readonly revision: number | null; readonly code?: 'forked' }
  | { readonly outcome: 'awaiting-decision'; readonly code: OutcomeCode }

/** One operation done to one customership. Its `based` is already resolved: a deed never meets `after`'s revision. */
export type Deed<N extends OperationName> = (
  change: CustomershipChange,
  operation: OperationOf<N>,
  terms: Terms
) => Promise<Settled>

/** One that leaves the entries as they are: what it brings is kept beside them, and no revision rises. */
export type DeedBeside<N extends OperationName> = (
  tx: RegisterTransaction,
  operation: OperationOf<N>,
  terms: Terms
) => Promise<Settled>
