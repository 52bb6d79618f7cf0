import type { DeviceId, UserId } from '#contract/id.ts'

export interface Session {
  readonly user: UserId
  /** Set when it was opened by unlocking this device. */
  readonly device: DeviceId | null
  readonly createdAt: number
  readonly lastUsedAt: number
}

/** Signed-in browsers, known by the hash of an opaque secret. How long they live is not decided here. */
export interface Sessions {
  start(hash: string, session: Session): Promise<void>
  find(hash: string): Promise<Session | null>
  touch(hash: string, at: number): Promise<void>
  end(hash: string): Promise<void>
  endOfUser(user: UserId, exceptHash?: string): Promise<void>
  endOfDevice(device: DeviceId): Promise<void>
  /** Those not used since. */
  removeUnused(since: number): Promise<void>
}
