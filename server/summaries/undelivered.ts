import type { UserId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'

/** Whose tablets have said that something waits there, or have sent one number after another without one between. */
export async function undeliveredBy(store: Store): Promise<Map<UserId, number>> {
  const found = new Map<UserId, number>()
  for (const { id, user, outboxWaiting, wipedAt } of await store.devices.list()) {
    if (wipedAt !== null) continue
    const count = outboxWaiting.length + (await store.devices.missing(id)).length
    if (count > 0) found.set(user, (found.get(user) ?? 0) + count)
  }
  return found
}
