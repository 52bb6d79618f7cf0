import type { Store } from '#server/store/store.ts'
import type { Clock } from '#server/clock.ts'
import type { Use } from '#server/store/usage-log.ts'

/** Every use of a client's data leaves one line: who, which customership by its random id, for what. */
export async function recordUse(
  store: Store,
  clock: Clock,
  use: Omit<Use, 'at' | 'device'> & Partial<Pick<Use, 'device'>>
): Promise<void> {
  await store.usage.append([{ device: null, ...use, at: clock.now() }])
}
