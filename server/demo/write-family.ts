import { addDays, dayAt, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { Store } from '#server/store/store.ts'
import { lastValidDay } from './family-decisions.ts'
import { closingRecordOf, endingOf, isUntouched } from './family-ending.ts'
import { firstDayOf, historyOf, type Written } from './family-history.ts'
import type { Family } from './family.ts'
import { coordinator } from './staff.ts'

/** Runs a write at the time at which it is supposed to have happened. */
type Past = (at: number, use: () => Promise<void>) => Promise<void>

/** A family that is not there yet is written whole; of one that is, what the new day lacks. */
export async function writeFamily(
  store: Store,
  family: Family,
  today: Day,
  past: Past
): Promise<void> {
  const [facts] = await store.register.list({ ids: [family.id] })
  if (facts?.state === 'active') return continueFamily(store, family, facts.startDay, today, past)
  // The deadline stays tomorrow, as long as nobody practised on it.
  if (facts?.state === 'closed') return closeFamily(store, family, today)
  const isGone = facts !== undefined || (await store.suppression.has(family.id))
  if (!isGone) await openFamily(store, family, today, past)
}

async function openFamily(store: Store, family: Family, today: Day, past: Past): Promise<void> {
  const first = firstDayOf(family, today)
  const days = byDay(historyOf(family, first, today))
  await store.register.transact(async (tx) => {
    const [opening, ...later] = days
    if (!opening) return
    await past(opening.at, async () => {
      await putAll(await tx.create(family.id, first), opening.written)
    })
    await writeDays(tx, family, later, past)
  })
  await closeFamily(store, family, today)
}

async function continueFamily(
  store: Store,
  family: Family,
  first: Day,
  today: Day,
  past: Past
): Promise<void> {
  const held = await store.register.read(family.id, async (reader) => {
    const entries = await reader.entries({ kinds: ['decision', 'visit'] })
    return new Map(entries.map((entry) => [entry.id, entry]))
  })
  const lacking = historyOf(family, first, today).filter(({ kind, id, data }) => {
    if (kind !== 'decision' && kind !== 'visit' && kind !== 'note') return false
    return !held?.has(kind === 'note' ? data.visit : id)
  })
  const lapsing = lapsingOf(family, [...(held?.values() ?? [])], today)
  if (lacking.length === 0 && !lapsing) return
  await store.register.transact(async (tx) => {
    await writeDays(tx, family, byDay(lacking), past)
    if (!lapsing) return
    const data = { ...lapsing.data, until: lastValidDay(family, today) }
    await tx.change(family.id, (change) =>
      change.put('decision', lapsing.id, data, coordinator.id)
    )
  })
}

/** The last decision is renewed in time, so that one family's expires soon and the others' do not. */
function lapsingOf(
  family: Family,
  entries: readonly Entry[],
  today: Day
): Entry<'decision'> | undefined {
  const spareDays = family.case === 'expiring' ? 2 : 60
  const latest = entriesOf(entries, 'decision')
    .sort((one, other) => one.data.until.localeCompare(other.data.until))
    .at(-1)
  return latest && latest.data.until < addDays(today, spareDays) ? latest : undefined
}

async function closeFamily(store: Store, family: Family, today: Day): Promise<void> {
  const ending = endingOf(family, today)
  if (!ending) return
  await store.register.transact(async (tx) => {
    await tx.change(
      family.id,
      async (change) => {
        await change.setEnding({ ...ending, reason: 'service-completed' })
        await change.setState('closed')
        if (isUntouched(await change.closingRecord()))
          await change.writeClosingRecord(
            closingRecordOf(family, await change.entries(), today)
          )
      },
      { alsoClosed: true }
    )
  })
}

interface WrittenOnDay {
  readonly at: number
  readonly written: Written[]
}

/** In the order given, one change of the customership for each day. */
function byDay(history: readonly Written[]): WrittenOnDay[] {
  const days = Map.groupBy(history, ({ at }) => dayAt(at))
  return [...days.values()].map((written) => ({ at: written.at(-1)?.at ?? 0, written }))
}

async function writeDays(
  tx: RegisterTransaction,
  family: Family,
  days: readonly WrittenOnDay[],
  past: Past
): Promise<void> {
  for (const { at, written } of days)
    await past(at, async () => {
      await tx.change(family.id, (change) => putAll(change, written))
    })
}

async function putAll(change: CustomershipChange, written: readonly Written[]): Promise<void> {
  for (const { kind, id, data, by } of written) await change.put(kind, id, data, by)
}
