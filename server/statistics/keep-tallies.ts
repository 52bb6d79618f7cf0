import type { Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'
import { readCounted, readTerms } from './tallying.ts'

/**
 * What a customership was in the statistics stays in them, as a sum that holds no identity. It belongs to
 * the commit that plans the deletion: one whose deletion is planned already reads as absent, so that a
 * deletion that is resumed counts once.
 */
export async function keepTallies(store: Store, id: CustomershipId, today: Day): Promise<void> {
  const terms = await readTerms(store, today)
  const counted = await store.register.read(id, (reader) => readCounted(reader, terms))
  if (counted) await store.tallies.add(counted)
}
