import type { Clock } from '#server/clock.ts'
import type { Store } from '#server/store/store.ts'
import { logsFrom } from './logs-from.ts'

/** The logs of use, of disclosure and of other acts, and what reviews found in them, outlive a client's data, and have a last day of their own. */
export async function keepLogs({ store, clock }: { store: Store; clock: Clock }): Promise<void> {
  const before = await logsFrom(store, clock.now())
  await store.usage.eraseBefore(before)
  await store.disclosures.eraseBefore(before)
  await store.acts.eraseBefore(before)
  await store.prints.eraseBefore(before)
  await store.rights.eraseBefore(before)
  await store.reviews.eraseBefore(before)
}
