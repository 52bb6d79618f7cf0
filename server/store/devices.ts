import type { DeviceId, UserId } from '#contract/id.ts'

export interface Device {
  readonly id: DeviceId
  readonly user: UserId
  readonly name: string
  /** Raw uncompressed P-256 point, base64url. */
  readonly signingKey: string
  readonly cookieHash: string
  readonly enrolledAt: number
  readonly revokedAt: number | null
  /** It was told to wipe itself and has answered that it holds nothing. */
  readonly wipedAt: number | null
  readonly lastContactAt: number | null
  readonly leaseUntil: number | null
  readonly outboxLast: number
  readonly outboxWaiting: readonly number[]
  /** The highest ever told. */
  readonly vaultEpoch: number
  /** Until when unlocking renews the session; null after sign-out, revocation or a changed password. */
  readonly unlockUntil: number | null
}

/** Enrolled tablets and the numbers of their operations. */
export interface Devices {
  enrol(
    device: Pick<
      Device,
      'id' | 'user' | 'name' | 'signingKey' | 'cookieHash' | 'enrolledAt' | 'unlockUntil'
    >
  ): Promise<void>
  find(id: DeviceId): Promise<Device | null>
  list(filter?: { user?: UserId }): Promise<Device[]>
  setCookie(id: DeviceId, hash: string): Promise<void>
  /** `vaultEpoch` and `outbox.last` only rise. */
  contact(
    id: DeviceId,
    contact: {
      at: number
      leaseUntil?: number
      vaultEpoch?: number
      outbox?: { last: number; waiting: readonly number[] }
    }
  ): Promise<void>
  revoke(id: DeviceId, at: number): Promise<void>
  wiped(id: DeviceId, at: number): Promise<void>
  setUnlockUntil(id: DeviceId, until: number | null): Promise<void>
  /** Forbids renewal by unlocking on every device of the user. */
  endUnlocksOf(user: UserId): Promise<void>
  /** Each final outcome counts as received. */
  received(id: DeviceId, seq: number): Promise<void>
  /** Not above `outbox.last`, not received, not waiting. */
  missing(id: DeviceId): Promise<number[]>
}
