import type { CustomershipId, DeviceId, OperationId, UserId } from '#contract/id.ts'
import type { FinalOutcome, OutcomeCode } from '#contract/outcome.ts'

export interface Decided {
  readonly outcome: FinalOutcome
  readonly code: OutcomeCode | null
  readonly revision: number | null
  readonly at: number
}

/** The first, final answer to an operation; `decided` follows when it awaited a decision. */
export interface AppliedOperation extends Decided {
  readonly id: OperationId
  readonly device: DeviceId
  readonly seq: number
  readonly customership: CustomershipId | null
  readonly author: UserId | null
  readonly decided: Decided | null
}

/** What awaits a decision, opened. `payload` is the base64url text that was signed. */
export interface HeldOperation {
  readonly id: OperationId
  readonly device: DeviceId
  readonly seq: number
  readonly customership: CustomershipId | null
  readonly author: UserId | null
  readonly code: OutcomeCode
  readonly receivedAt: number
  readonly payload: string
  readonly sig: string
}

export interface AppliedOperations {
  find(id: OperationId): Promise<AppliedOperation | null>
  /** Whether the payload is the one that was recorded under this id, told by an HMAC under the data key. */
  isRepeat(id: OperationId, payload: string): Promise<boolean>
  /** Counts the number as received too. */
  record(operation: Omit<AppliedOperation, 'decided'>, payload: string): Promise<void>
  /** When this id was first answered `newer-than-server`. */
  firstSeen(id: OperationId, device: DeviceId, at: number): Promise<number>

  /** Sealed under the data key, never as the envelope it came in. Records the operation as awaiting a decision. */
  hold(operation: HeldOperation): Promise<void>
  /** By device and number. */
  held(filter?: {
    customership?: CustomershipId
    author?: UserId
    device?: DeviceId
    id?: OperationId
  }): Promise<HeldOperation[]>
  heldCount(customership?: CustomershipId): Promise<number>
  /** Removes what was held and keeps the outcome. */
  decide(id: OperationId, decided: Decided): Promise<void>
  /** Of these, the ones of this device that awaited a decision and have one. */
  decidedOf(device: DeviceId, ids: readonly OperationId[]): Promise<AppliedOperation[]>
}
