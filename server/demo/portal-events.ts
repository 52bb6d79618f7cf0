import { addDays, daysBetween, instantOf, toMoment, type Day } from '#contract/day.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { isComplete, isOpen, type LedgerLine } from '#contract/ledger.ts'
import { monthOf } from '#contract/month.ts'
import type { ServiceEvent, ServiceEventState } from '#contract/service-event.ts'
import { settlementDayOf } from '#contract/transfer-alarm.ts'
import { termsFor } from '#contract/transfer-terms.ts'
import type { Store } from '#server/store/store.ts'
import { readBasis, readLedger } from '#server/transfers/keep-ledger.ts'
import { beginEvent } from '#server/transfers/move-event.ts'
import { families } from './family.ts'
import { Seeded } from './seeded.ts'
import { coordinator } from './staff.ts'

/** What has been told of the practice families: old months are paid, this one is being typed, and one visit is nearly forgotten. */
export async function ensurePortalEvents(store: Store, today: Day): Promise<void> {
  const basis = await readBasis(store)
  const ids = families.map(({ id }) => id)
  const ledgers = await store.register.readEach(ids, (reader) => readLedger(reader, basis))
  const forgotten = nearlyForgotten(ledgers, today)
  for (const [id, lines] of ledgers) {
    const lacking = lines.flatMap((line) => {
      const settlementDay = termsFor(basis.settings, line.organiser).settlementDay
      const settled = settlementDayOf(monthOf(line.day), settlementDay)
      const isUntold = line.former.length === 0 && line.event === null && line !== forgotten
      const isTellable = isUntold && isOpen(line) && isComplete(line)
      const event = isTellable ? eventOf(line, settled, today) : null
      return event ? [event] : []
    })
    if (lacking.length === 0) continue
    await store.register.transact((tx) =>
      tx.change(
        id,
        async (change) => {
          for (const event of lacking)
            await change.put('service-event', idOf(event), event, coordinator.id)
        },
        { alsoClosed: true }
      )
    )
  }
}

const idOf = ({ visit, told }: ServiceEvent): EntryId =>
  new Seeded('portal-event', 0, visit).entryId(Date.parse(told.start))

/** One visit of a voucher, 58 days ago or as near to it as there was one. */
function nearlyForgotten(
  ledgers: ReadonlyMap<CustomershipId, readonly LedgerLine[]>,
  today: Day
): LedgerLine | null {
  const lines = [...ledgers.values()].flat()
  const isOf = (line: LedgerLine, days: number) =>
    line.channel === 'psop' && daysBetween(line.day, today) === days && line.event === null
  for (const days of [58, 57, 56, 59]) {
    const found = lines.find((line) => isOf(line, days) && isOpen(line) && isComplete(line))
    if (found) return found
  }
  return null
}

/** How far an event of that day has come by today, with every step on its way. */
function eventOf(line: LedgerLine, settled: Day, today: Day): ServiceEvent | null {
  const approved = addDays(settled, -2)
  const typed = addDays(line.day, 4)
  const steps: readonly (readonly [ServiceEventState, Day])[] = [
    ['recorded', typed < approved ? typed : approved],
    ['approved', approved],
    ['settled', settled],
    ['paid', addDays(settled, 14)]
  ]
  const [first, ...later] = steps
    .filter(([, day]) => day < today)
    .map(([state, day]) => ({
      state,
      by: coordinator.id,
      at: toMoment(instantOf(day, 9))
    }))
  if (!first) return null
  const event = beginEvent(line, first)
  return { ...event, history: [...event.history, ...later] }
}
