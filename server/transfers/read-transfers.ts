import type { Day } from '#contract/day.ts'
import { byStart, type LedgerLine } from '#contract/ledger.ts'
import type { CustomershipId } from '#contract/id.ts'
import { monthOf, type Month } from '#contract/month.ts'
import { alarmsOf } from '#contract/transfer-alarm.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'
import type { TransferLine, TransfersAnswer } from '#contract/transfers.ts'
import { inTurns } from '#server/in-turns.ts'
import { fingerprintOf } from './fingerprint.ts'
import { openLedger, type ClientLedger, type KeptLedger } from './keep-ledger.ts'
import { isDueToday, type MonthCounts } from './month-counts.ts'

type Asked = { readonly month: Month; readonly today: Day; readonly settings: TransferSettings }

const byName = new Intl.Collator('fi')

/** As a portal is gone through: one organiser, one client, one visit after the other. */
function inPortalOrder(one: TransferLine, other: TransferLine): number {
  return (
    other.channel.localeCompare(one.channel) ||
    one.organiser.localeCompare(other.organiser) ||
    byName.compare(one.lastName, other.lastName) ||
    byName.compare(one.firstName, other.firstName) ||
    one.customership.localeCompare(other.customership) ||
    (one.claim.number ?? '').localeCompare(other.claim.number ?? '') ||
    byStart(one, other)
  )
}

function toLine(client: ClientLedger, line: LedgerLine, { today, settings }: Asked): TransferLine {
  const { customership, firstName, lastName } = client
  const { event, former, flags, ...rest } = line
  return {
    customership,
    firstName,
    lastName,
    ...rest,
    flags: [...flags],
    fingerprint: fingerprintOf(line),
    alarms: alarmsOf(line, settings, today),
    event: event && { id: event.id, data: event.data },
    former: former.map(({ id, data }) => ({ id, data }))
  }
}

/** One month of everybody, and what waits in the other ones: nothing is forgotten because its month is over. */
export async function readTransfers(
  kept: ReadonlyMap<CustomershipId, KeptLedger>,
  asked: Asked
): Promise<TransfersAnswer> {
  const { month, settings } = asked
  const opened: TransferLine[] = []
  await inTurns([...kept.values()], (ledger) => {
    opened.push(...linesOfMonth(ledger, asked))
  })
  // §7: what was forgotten while others had their turn is in no answer.
  const lines = opened.filter(({ customership }) => kept.has(customership))
  const months = new Map<Month, TransfersAnswer['months'][number]>()
  for (const ledger of kept.values()) for (const counts of ledger.months) addMonth(months, counts)
  return {
    month,
    settings,
    lines: lines.sort(inPortalOrder),
    months: [...months.values()].sort((one, other) => one.month.localeCompare(other.month))
  }
}

function linesOfMonth(ledger: KeptLedger, asked: Asked): TransferLine[] {
  const { month, today } = asked
  if (!ledger.months.some((counts) => counts.month === month)) return []
  const client = openLedger(ledger)
  return client.lines
    .filter((line) => isDueToday(line, today) && monthOf(line.day) === month)
    .map((line) => toLine(client, line, asked))
}

function addMonth(
  months: Map<Month, TransfersAnswer['months'][number]>,
  { month, open, alarms: byKind }: MonthCounts
): void {
  const alarms = Object.values(byKind).reduce((sum, count) => sum + count, 0)
  if (open + alarms === 0) return
  const known = months.get(month) ?? { month, open: 0, alarms: 0 }
  months.set(month, { month, open: known.open + open, alarms: known.alarms + alarms })
}
