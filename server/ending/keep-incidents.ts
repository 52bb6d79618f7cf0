import type { CustomershipId } from '#contract/id.ts'
import { logsFrom } from '#server/audit/logs-from.ts'
import type { EndingParts } from './delete-customership.ts'

/**
 * An incident is documented for as long as the logs are that it may be checked against: then its key
 * goes first, so that no backup tells of it, and its row after. Repeatable.
 */
export async function keepIncidents({ store, keyStore, clock }: EndingParts): Promise<void> {
  for (const id of await store.incidents.closedBefore(await logsFrom(store, clock.now()))) {
    keyStore.destroyDataKey(id as string as CustomershipId)
    await store.incidents.remove(id)
  }
}
