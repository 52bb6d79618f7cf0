import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { AppliedOperations } from './applied-operations.ts'
import type { Certificates } from './certificates.ts'
import type { Deletions } from './deletions.ts'
import type { Devices } from './devices.ts'
import type { Holdings } from './holdings.ts'
import type { OrganisationStore } from './organisation.ts'
import type { Register } from './register.ts'
import type { Sessions } from './sessions.ts'
import type { Suppression } from './suppression.ts'
import type { UsageLog } from './usage-log.ts'
import type { Users } from './users.ts'

export interface Store {
  readonly register: Register
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly users: Users
  readonly sessions: Sessions
  readonly devices: Devices
  readonly organisation: OrganisationStore
  readonly usage: UsageLog
  readonly certificates: Certificates
  readonly deletions: Deletions
  readonly suppression: Suppression
  /** Random; renewed when a backup is restored. */
  generation(): Promise<string>
  /** Changes with every committed write that the office shows. */
  pulse(): string
  /** Throws StoreUnavailable. */
  checkWritable(): Promise<void>
  close(): Promise<void>
}

export async function openStore(_options: {
  folder: string
  keyStore: KeyStore
  clock: Clock
}): Promise<Store> {
  await Promise.resolve()
  throw new Error('the store is being written')
}
