import type { CustomershipId, DeviceId } from '#contract/id.ts'

export interface HoldingFacts {
  readonly device: DeviceId
  readonly customership: CustomershipId
  readonly sentAt: number
  readonly purgedAt: number | null
}

/** Which tablet holds what: written before a frame is sent, cleared when the tablet confirms. */
export interface Holdings {
  sent(device: DeviceId, customerships: readonly CustomershipId[], at: number): Promise<void>
  purged(device: DeviceId, customerships: readonly CustomershipId[], at: number): Promise<void>
  purgedAll(device: DeviceId, at: number): Promise<void>
  of(customership: CustomershipId): Promise<HoldingFacts[]>
  heldBy(device: DeviceId): Promise<CustomershipId[]>
  /** Whether this tablet was ever sent the customership. */
  wasSent(device: DeviceId, customership: CustomershipId): Promise<boolean>
  /** How many customerships each tablet holds now. */
  counts(): Promise<Map<DeviceId, number>>
}
