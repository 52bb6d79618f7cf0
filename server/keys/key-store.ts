import type { SealingKey } from '#contract/device.ts'
import type { Envelope } from '#contract/envelope.ts'
import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'

export interface KeyStore {
  /** False when there is no second copy: the start warns. */
  readonly hasSecondCopy: boolean
  /** Returns when both copies hold the key durably. A customership that has one keeps it. */
  createDataKey(id: CustomershipId): void
  /** Cached for 5 seconds at most. Null: never made, or destroyed. */
  dataKey(id: CustomershipId): Buffer | null
  /** Both copies, idempotent. Only the ending of a customership calls this. */
  destroyDataKey(id: CustomershipId): void
  /** Looks at the disk, at both copies. */
  holdsDataKey(id: CustomershipId): boolean
  sealingKey(): SealingKey
  openSessionKey(
    envelope: Pick<Envelope, 'key' | 'enc' | 'sealedKey'>,
    device: DeviceId
  ): Promise<Buffer | 'unknown-key' | null>
  /** Ed25519, base64url. */
  sign(text: string): string
  /** The raw 32 bytes, base64url. */
  publicKey(): string
  searchMac(word: string): Buffer
  suppressionMac(id: CustomershipId): Buffer
  /** For what belongs to no customership that ever was. */
  orphanKey(): Buffer
  close(): void
}

export async function openKeyStore(_options: {
  folder: string
  backupFolder: string | null
  rootKey: Buffer
  clock: Clock
}): Promise<KeyStore> {
  await Promise.resolve()
  throw new Error('the key store is being written')
}
