import type * as z from 'zod/mini'
import { toMoment } from '#contract/day.ts'
import type { DeviceStateAnswer, deviceStateRequestSchema } from '#contract/device.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'
import { toPurge } from './to-purge.ts'

/** What a locked tablet may ask and must obey. It never extends the lease. */
export async function reportState(
  store: Store,
  keyStore: KeyStore,
  device: Device,
  report: z.infer<typeof deviceStateRequestSchema>,
  now: number
): Promise<DeviceStateAnswer> {
  await store.register.transact(async ({ holdings }) => {
    await store.devices.contact(device.id, { at: now, outbox: report.outbox })
    await holdings.purged(device.id, report.purged, now)
    if (device.revokedAt !== null && report.have.length === 0) {
      await holdings.purgedAll(device.id, now)
      await store.devices.wiped(device.id, now)
    }
  })
  const missing = await store.devices.missing(device.id)
  return {
    serverTime: toMoment(now),
    ...(device.revokedAt === null ? {} : { command: 'wipe' as const }),
    purge: await toPurge(store, device, report.have, now),
    sealingKey: keyStore.sealingKey(),
    ...(missing.length === 0 ? {} : { missing }),
    safeThrough: null
  }
}
