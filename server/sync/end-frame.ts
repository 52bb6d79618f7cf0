import { toMoment } from '#contract/day.ts'
import { leaseText } from '#contract/lease-text.ts'
import type { UserId } from '#contract/id.ts'
import type { PolicySettings } from '#contract/settings.ts'
import type { FrameOf } from '#contract/pull.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'

const dayMilliseconds = 86_400_000

/** The last instant at which a tablet that meets nobody may still be read. */
export const leaseEnd = (now: number, { offlineDays }: PolicySettings): number =>
  now + offlineDays * dayMilliseconds

/** What closes a pull: the time, the policy and a lease that nobody but this server can write. */
export async function endFrame(
  { store, keyStore }: { store: Store; keyStore: KeyStore },
  device: Device,
  user: UserId,
  policy: PolicySettings,
  { begun, now, missing }: { begun: number; now: number; missing: readonly number[] }
): Promise<FrameOf<'end'>> {
  const { offlineDays, autoLockMinutes, wrongPassphraseLimit } = policy
  // The register has written down this end, and a stream may take its time.
  const issued = toMoment(begun)
  const until = toMoment(leaseEnd(begun, policy))
  const lease = { device: device.id, user, issued, until }
  return {
    frame: 'end',
    serverTime: toMoment(now),
    generation: await store.generation(),
    sealingKey: keyStore.sealingKey(),
    policy: { offlineDays, autoLockMinutes, wrongPassphraseLimit },
    missing: [...missing],
    safeThrough: device.safeThrough,
    lease: { ...lease, sig: keyStore.sign(leaseText(lease)) }
  }
}
