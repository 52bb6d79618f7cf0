import { addDays, dayAt } from '#contract/day.ts'
import type { EndingAnswer } from '#contract/ending.ts'
import type { CustomershipId } from '#contract/id.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { holdingsOf } from '#server/customerships/holdings-of.ts'
import type { Store } from '#server/store/store.ts'
import { closingList } from './closing-list.ts'

/** What ending means for this customership: where it lies, what is open, and by when it is gone. */
export async function readEnding(
  store: Store,
  id: CustomershipId,
  now: number
): Promise<EndingAnswer | null> {
  const { organisation } = await requireOrganisation(store)
  const read = await store.register.read(id, async (reader) => ({
    facts: reader.facts,
    entries: await reader.entries()
  }))
  if (!read) return null
  const { state, endDay, deleteBy } = read.facts
  const today = dayAt(now)
  const holdings = await holdingsOf(store, id)
  const open = closingList({
    today,
    endDay,
    entries: read.entries,
    held: await store.operations.heldCount(id),
    waitingTablets: holdings.filter(({ waiting }) => waiting > 0).length
  })
  return {
    state,
    endDay,
    deleteBy,
    earliestDeleteBy: addDays(endDay ?? today, organisation.policy.deleteAfterDays),
    open,
    holdings,
    entries: read.entries.length
  }
}
