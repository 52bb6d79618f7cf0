import type { Certificate } from '#contract/ending.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'

/** "Gone" is said only of a tablet that confirmed it; a lease that ended unconfirmed is told as that. */
export async function tabletsOf(
  store: Store,
  customership: CustomershipId,
  now: number
): Promise<Certificate['devices']> {
  const tablets: Certificate['devices'] = []
  for (const { device, purgedAt } of await store.holdings.of(customership)) {
    const found = await store.devices.find(device)
    const isGone = purgedAt !== null || (found?.wipedAt ?? null) !== null
    const hasLease = (found?.leaseUntil ?? 0) >= now
    tablets.push({ device, state: isGone ? 'purged' : hasLease ? 'pending' : 'lease-ended' })
  }
  return tablets
}
