import type { ClosingDocument, ClosingRecord } from '#contract/closing.ts'
import { addDays, dayAt } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EndingAnswer } from '#contract/ending.ts'
import type { CustomershipId } from '#contract/id.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { holdingsOf } from '#server/customerships/holdings-of.ts'
import type { Store } from '#server/store/store.ts'
import { closingList, stillOpen } from './closing-list.ts'
import { mainUsersOf } from './keep-holds.ts'
import { standardLapseDays } from './lapse.ts'
import { unsentSummaries } from './unsent-summaries.ts'
import { untoldEvents } from './untold-events.ts'
import { lapsesOn } from './warn.ts'

/** What ending means for this customership: where it lies, what is open, and by when it is gone. */
export async function readEnding(
  store: Store,
  id: CustomershipId,
  now: number
): Promise<EndingAnswer | null> {
  const { organisation } = await requireOrganisation(store)
  const { policy } = organisation
  const read = await store.register.read(id, async (reader) => ({
    facts: reader.facts,
    entries: await reader.entries(),
    events: await reader.ofKind('service-event'),
    summaries: await reader.ofKind('summary'),
    record: await reader.closingRecord(),
    lapsesOn: await lapsesOn(reader, policy.lapseDays ?? standardLapseDays)
  }))
  if (!read) return null
  const { facts, entries, record } = read
  const { state, endDay, deleteBy } = facts
  const today = dayAt(now)
  const holdings = await holdingsOf(store, id)
  const { rules = [], templates } = organisation
  const unsent = unsentSummaries(id, entries, read.summaries, { rules, templates, today }, endDay)
  const list = closingList({
    today,
    endDay,
    entries,
    record,
    held: await store.operations.heldCount(id),
    waitingTablets: holdings.filter(({ waiting }) => waiting > 0).length,
    isRestricted: facts.restrictedOn !== null,
    unsent: unsent.map(({ writtenAt }) => writtenAt),
    untold: untoldEvents(entries, read.events, organisation)
  })
  return {
    state,
    endDay,
    deleteBy,
    earliestDeleteBy: addDays(endDay ?? today, policy.deleteAfterDays),
    open: stillOpen(list),
    list,
    documents: documentsIn(entries, record),
    unsent: unsent.map(({ organiser, month }) => ({ organiser, month })),
    record,
    lapsesOn: read.lapsesOn,
    mainUsers: await mainUsersOf({ store }),
    holdings,
    entries: entries.length
  }
}

function documentsIn(entries: readonly Entry[], record: ClosingRecord): ClosingDocument[] {
  return entriesOf(entries, 'document').flatMap(({ id, data }) => {
    if (data.removed) return []
    const settled = record.documents.find(({ document }) => document === id)
    const { type, title, original } = data
    return [
      {
        id,
        type,
        ...(title === undefined ? {} : { title }),
        original: original.at(-1)?.state ?? 'none',
        settled: settled
          ? { fate: settled.fate, by: settled.by, at: settled.at, how: settled.how ?? '' }
          : null
      }
    ]
  })
}
