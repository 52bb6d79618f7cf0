import type { Situation } from '#contract/office.ts'
import { transferAlarms } from '#contract/transfer-alarm.ts'
import { mayTransfer } from '#contract/transfers.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { LedgerKeeping } from './keep-ledger.ts'

/** For Tilanne: how many visits of which month press how. Each counts once, by what presses most. */
export async function countAlarms(
  keeping: LedgerKeeping,
  user: SignedIn
): Promise<Situation['transfers']> {
  if (!mayTransfer(user)) return []
  const counts = new Map<string, Situation['transfers'][number]>()
  for (const { months } of (await keeping.values()).values())
    for (const { month, alarms } of months)
      for (const alarm of transferAlarms) {
        const more = alarms[alarm] ?? 0
        if (more === 0) continue
        const { count = 0 } = counts.get(`${alarm} ${month}`) ?? {}
        counts.set(`${alarm} ${month}`, { alarm, month, count: count + more })
      }
  const urgency = (alarm: (typeof transferAlarms)[number]) => transferAlarms.indexOf(alarm)
  return [...counts.values()].sort(
    (one, other) =>
      urgency(one.alarm) - urgency(other.alarm) || one.month.localeCompare(other.month)
  )
}
