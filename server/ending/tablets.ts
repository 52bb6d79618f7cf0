import type { CertifiedTablet } from '#contract/certificate.ts'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'

/** "Gone" is said only of a tablet that confirmed it; a lease that ended unconfirmed is told as that. */
export async function readTablets(
  store: Store,
  customership: CustomershipId,
  now: number
): Promise<CertifiedTablet[]> {
  const tablets: CertifiedTablet[] = []
  for (const { device, purgedAt } of await store.holdings.of(customership)) {
    const found = await store.devices.find(device)
    const goneAt = purgedAt ?? found?.wipedAt ?? null
    const hasLease = (found?.leaseUntil ?? 0) >= now
    tablets.push(
      goneAt !== null
        ? { device, state: 'purged', at: toMoment(goneAt) }
        : { device, state: hasLease ? 'pending' : 'lease-ended', at: null }
    )
  }
  return tablets
}

/** What was told of each tablet, with what is known of it since. */
export async function followTablets(
  store: Store,
  customership: CustomershipId,
  told: readonly CertifiedTablet[],
  now: number
): Promise<CertifiedTablet[]> {
  const known = await readTablets(store, customership, now)
  return told.map((tablet) =>
    tablet.state === 'purged'
      ? tablet
      : (known.find(({ device }) => device === tablet.device) ?? tablet)
  )
}
