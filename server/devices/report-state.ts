import type * as z from 'zod/mini'
import { toMoment } from '#contract/day.ts'
import type { DeviceStateAnswer, deviceStateRequestSchema } from '#contract/device.ts'
import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { Store } from '#server/store/store.ts'
import { toPurge } from './to-purge.ts'

/** Clears the ledger, and completes the certificates that waited for this tablet. */
export type ConfirmPurges = (
  tx: RegisterTransaction,
  device: DeviceId,
  purged: readonly CustomershipId[],
  now: number
) => Promise<void>

/** What a locked tablet may ask and must obey. It never extends the lease. */
export async function reportState(
  store: Store,
  keyStore: KeyStore,
  device: Device,
  report: z.infer<typeof deviceStateRequestSchema>,
  confirmPurges: ConfirmPurges,
  now: number
): Promise<DeviceStateAnswer> {
  const isWiped = device.revokedAt !== null && report.have.length === 0
  await store.register.transact(async (tx) => {
    const { outbox, isPersisted } = report
    await store.devices.contact(device.id, { at: now, outbox, isPersisted })
    const purged = isWiped ? await tx.holdings.heldBy(device.id) : []
    await confirmPurges(tx, device.id, [...purged, ...report.purged], now)
    if (isWiped) await store.devices.wiped(device.id, now)
  })
  return {
    serverTime: toMoment(now),
    ...(device.revokedAt === null ? {} : { command: 'wipe' as const }),
    purge: await toPurge(store, device, report.have, now),
    sealingKey: keyStore.sealingKey(),
    missing: await store.devices.missing(device.id),
    safeThrough: device.safeThrough
  }
}
