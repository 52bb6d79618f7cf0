import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'

export const usageKinds = [
  'open',
  'search',
  'list',
  'write',
  'send',
  'print',
  'show',
  'end',
  'delete'
] as const
export type UsageKind = (typeof usageKinds)[number]

/** Ids only: the log outlives the client's data by years. */
export interface Use {
  readonly customership: CustomershipId | null
  readonly user: UserId | null
  readonly device: DeviceId | null
  readonly kind: UsageKind
  readonly purpose: Purpose | null
  readonly at: number
}

export interface UsageLog {
  append(uses: readonly Use[]): Promise<void>
  of(customership: CustomershipId): Promise<Use[]>
}
