import type { OutboxReport } from '#contract/push.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'
import type { ConfirmPurges } from './report-state.ts'

/** Nothing opens on this device any more: it holds nobody, and is nobody's device from here on. */
export async function takeWiped(
  store: Store,
  device: Device,
  outbox: OutboxReport,
  confirmPurges: ConfirmPurges,
  now: number
): Promise<void> {
  await store.register.transact(async (tx) => {
    await store.devices.contact(device.id, { at: now, outbox })
    await confirmPurges(tx, device.id, await tx.holdings.heldBy(device.id), now)
    // A passphrase that was forgotten ends a device as well: nobody had to revoke it.
    if (device.revokedAt === null) await store.devices.revoke(device.id, now)
    await store.sessions.endOfDevice(device.id)
    if (device.wipedAt === null) await store.devices.wiped(device.id, now)
  })
}
