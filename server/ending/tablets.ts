import type { Certificate } from '#contract/ending.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'

type Tablets = Certificate['devices']

/** "Gone" is said only of a tablet that confirmed it; a lease that ended unconfirmed is told as that. */
export async function readTablets(
  store: Store,
  customership: CustomershipId,
  now: number
): Promise<Tablets> {
  const tablets: Tablets = []
  for (const { device, purgedAt } of await store.holdings.of(customership)) {
    const found = await store.devices.find(device)
    const isGone = purgedAt !== null || (found?.wipedAt ?? null) !== null
    const hasLease = (found?.leaseUntil ?? 0) >= now
    tablets.push({ device, state: isGone ? 'purged' : hasLease ? 'pending' : 'lease-ended' })
  }
  return tablets
}

/** What was told of each tablet, with what is known of it since. */
export async function followTablets(
  store: Store,
  customership: CustomershipId,
  told: Tablets,
  now: number
): Promise<Tablets> {
  const known = await readTablets(store, customership, now)
  return told.map(({ device, state }) => {
    const since = known.find((one) => one.device === device)?.state
    return { device, state: state === 'purged' ? state : (since ?? state) }
  })
}
