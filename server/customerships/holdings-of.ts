import type { Holding } from '#contract/customership.ts'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'

const momentOrNull = (at: number | null) => (at === null ? null : toMoment(at))

/** On which tablets the customership lies, in words that the office knows. */
export async function holdingsOf(store: Store, id: CustomershipId): Promise<Holding[]> {
  const holdings: Holding[] = []
  for (const holding of await store.holdings.of(id)) {
    const { device: deviceId, sentAt, purgedAt, heldRevision, heldAt } = holding
    const device = await store.devices.find(deviceId)
    const user = device && (await store.users.find(device.user))
    holdings.push({
      device: deviceId,
      deviceName: device?.name ?? '',
      user: device?.user ?? null,
      userName: user?.displayName ?? '',
      sentAt: toMoment(sentAt),
      heldRevision,
      heldAt: momentOrNull(heldAt),
      purgedAt: momentOrNull(purgedAt ?? device?.wipedAt ?? null),
      leaseUntil: momentOrNull(device?.leaseUntil ?? null),
      waiting: device?.outboxWaiting.length ?? 0
    })
  }
  return holdings
}
