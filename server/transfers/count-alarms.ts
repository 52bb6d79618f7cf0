import { dayAt } from '#contract/day.ts'
import { monthOf } from '#contract/month.ts'
import type { Situation } from '#contract/office.ts'
import { alarmsOf, transferAlarms } from '#contract/transfer-alarm.ts'
import { mayTransfer } from '#contract/transfers.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Store } from '#server/store/store.ts'
import { readBasis, type LedgerKeeping } from './keep-ledger.ts'

/** For Tilanne: how many visits of which month press how. Each counts once, by what presses most. */
export async function countAlarms(
  store: Store,
  keeping: LedgerKeeping,
  user: SignedIn,
  now: number
): Promise<Situation['transfers']> {
  if (!mayTransfer(user)) return []
  const { settings } = await readBasis(store)
  const today = dayAt(now)
  const counts = new Map<string, Situation['transfers'][number]>()
  for (const { lines } of (await keeping.values()).values())
    for (const line of lines) {
      const [alarm] = alarmsOf(line, settings, today)
      if (!alarm) continue
      const month = monthOf(line.day)
      const { count = 0 } = counts.get(`${alarm} ${month}`) ?? {}
      counts.set(`${alarm} ${month}`, { alarm, month, count: count + 1 })
    }
  const urgency = (alarm: (typeof transferAlarms)[number]) => transferAlarms.indexOf(alarm)
  return [...counts.values()].sort(
    (one, other) =>
      urgency(one.alarm) - urgency(other.alarm) || one.month.localeCompare(other.month)
  )
}
