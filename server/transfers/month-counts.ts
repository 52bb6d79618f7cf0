import type { Day } from '#contract/day.ts'
import { isOpen, type LedgerLine } from '#contract/ledger.ts'
import { monthOf, type Month } from '#contract/month.ts'
import { alarmsOf, type TransferAlarm } from '#contract/transfer-alarm.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'

/** What one customership's ledger has of one month, without a line of it. */
export interface MonthCounts {
  readonly month: Month
  readonly open: number
  /** How many press how. Each counts once, by what presses most. */
  readonly alarms: Readonly<Partial<Record<TransferAlarm, number>>>
}

/** What is still ahead is nobody's business yet. */
export const isDueToday = ({ flags, day, event }: LedgerLine, today: Day): boolean =>
  event !== null || !flags.includes('no-outcome') || day < today

/** Every month of which something is due by today, the first one first. */
export function countMonths(
  lines: readonly LedgerLine[],
  settings: TransferSettings,
  today: Day
): MonthCounts[] {
  const due = lines.filter((line) => isDueToday(line, today))
  const months = Map.groupBy(due, ({ day }) => monthOf(day))
  return [...months]
    .map(([month, own]) => ({
      month,
      open: own.filter(isOpen).length,
      alarms: countAlarms(own, settings, today)
    }))
    .sort((one, other) => one.month.localeCompare(other.month))
}

function countAlarms(
  lines: readonly LedgerLine[],
  settings: TransferSettings,
  today: Day
): MonthCounts['alarms'] {
  const counts: Partial<Record<TransferAlarm, number>> = {}
  for (const line of lines) {
    const [alarm] = alarmsOf(line, settings, today)
    if (alarm) counts[alarm] = (counts[alarm] ?? 0) + 1
  }
  return counts
}
