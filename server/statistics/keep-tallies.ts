import type { CustomershipId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'
import { readRules, readTallies } from './tallying.ts'

/**
 * What a customership was in the statistics stays in them, as a sum that holds no identity. It belongs to
 * the commit that plans the deletion: one whose deletion is planned already reads as absent, so that a
 * deletion that is resumed counts once.
 */
export async function keepTallies(store: Store, id: CustomershipId): Promise<void> {
  const rules = await readRules(store)
  const tallies = await store.register.read(id, (reader) => readTallies(reader, rules))
  if (tallies) await store.tallies.add(tallies)
}
