import type { Day } from '#contract/day.ts'
import { byStart, isOpen, type LedgerLine } from '#contract/ledger.ts'
import { monthOf, type Month } from '#contract/month.ts'
import { alarmsOf } from '#contract/transfer-alarm.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'
import type { TransferLine, TransfersAnswer } from '#contract/transfers.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { ClientLedger } from './keep-ledger.ts'

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

/** What is still ahead is nobody's business yet. */
const isDueToday = ({ flags, day, event }: LedgerLine, today: Day): boolean =>
  event !== null || !flags.includes('no-outcome') || day < today

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
export function readTransfers(clients: Iterable<ClientLedger>, asked: Asked): TransfersAnswer {
  const { month, today, settings } = asked
  const lines: TransferLine[] = []
  const months = new Map<Month, { month: Month; open: number; alarms: number }>()
  for (const client of clients)
    for (const line of client.lines) {
      if (!isDueToday(line, today)) continue
      const of = monthOf(line.day)
      if (of === month) lines.push(toLine(client, line, asked))
      const open = isOpen(line) ? 1 : 0
      const alarms = alarmsOf(line, settings, today).length > 0 ? 1 : 0
      if (open + alarms === 0) continue
      const known = months.get(of) ?? { month: of, open: 0, alarms: 0 }
      months.set(of, { month: of, open: known.open + open, alarms: known.alarms + alarms })
    }
  return {
    month,
    settings,
    lines: lines.sort(inPortalOrder),
    months: [...months.values()].sort((one, other) => one.month.localeCompare(other.month))
  }
}
