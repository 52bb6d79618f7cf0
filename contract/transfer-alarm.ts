import { addDays, dayAt, daysBetween, toMilliseconds, type Day } from './day.ts'
import { stateOf } from './event-state.ts'
import { isChanged, isComplete, isDue, isNotTold, isOpen, type LedgerLine } from './ledger.ts'
import { addMonths, monthOf, type Month } from './month.ts'
import { termsFor, type TransferSettings } from './transfer-terms.ts'

/** What of the ledger needs a person, the most pressing first. */
export const transferAlarms = [
  /** The portal takes it no more: the organiser is asked how. */
  'window-closed',
  /** The visit was put right after it was told. */
  'changed',
  'window-closing',
  'settlement-near',
  /** Its month is settled without it; it goes with the next. */
  'rolled-over',
  /** A draft in a portal is billed by nobody. */
  'draft-left',
  /** Something is missing without which the portal takes nothing. */
  'incomplete'
] as const
export type TransferAlarm = (typeof transferAlarms)[number]

/** PSOP takes the current month and 60 days back. */
const windowDays = 60
const closingDays = 7
const nearDays = 5

/** The last day on which PSOP takes a visit of that day. Palse says no such day. */
export function lastDayFor({ channel, day }: Pick<LedgerLine, 'channel' | 'day'>): Day | null {
  return channel === 'psop' ? addDays(day, windowDays) : null
}

/** The day on which the organiser settles that month. */
export function settlementDayOf(month: Month, settlementDay: number): Day {
  return `${addMonths(month, 1)}-${String(settlementDay).padStart(2, '0')}` as Day
}

/** The settlement that takes along what is recorded on `today`: its own month's, or the next that comes. */
export function nextSettlement(month: Month, settlementDay: number, today: Day): Day {
  let day = settlementDayOf(month, settlementDay)
  for (let next = month; day < today; day = settlementDayOf(next, settlementDay))
    next = addMonths(next, 1)
  return day
}

export function alarmsOf(
  line: LedgerLine,
  settings: TransferSettings,
  today: Day
): TransferAlarm[] {
  if (isNotTold(line)) return []
  const found = [...openAlarms(line, settings, today), ...eventAlarms(line, today)]
  return transferAlarms.filter((alarm) => found.includes(alarm))
}

function openAlarms(line: LedgerLine, settings: TransferSettings, today: Day): TransferAlarm[] {
  if (isComplete(line)) return isOpen(line) ? windowAlarms(line, settings, today) : []
  return isMissed(line, today) ? ['incomplete', ...windowAlarms(line, settings, today)] : []
}

/** What is still ahead lacks nothing; of what is past nobody knows yet whether it is billed. */
function isMissed(line: LedgerLine, today: Day): boolean {
  if (line.flags.includes('no-outcome')) return line.day < today
  return isOpen(line) || line.flags.includes('ends-first')
}

function windowAlarms(line: LedgerLine, settings: TransferSettings, today: Day): TransferAlarm[] {
  const last = lastDayFor(line)
  if (last !== null && last < today) return ['window-closed']
  const { settlementDay } = termsFor(settings, line.organiser)
  const settled = settlementDayOf(monthOf(line.day), settlementDay)
  const near = daysBetween(today, settled)
  return [
    ...(last !== null && daysBetween(today, last) <= closingDays
      ? ['window-closing' as const]
      : []),
    ...(near < 0 ? ['rolled-over' as const] : near <= nearDays ? ['settlement-near' as const] : [])
  ]
}

function eventAlarms(line: LedgerLine, today: Day): TransferAlarm[] {
  const { event } = line
  if (!event) return []
  const since = event.data.history.at(-1)?.at
  const isOld = since !== undefined && dayAt(toMilliseconds(since)) < today
  const isDraft = stateOf(event.data) === 'draft' || stateOf(event.data) === 'exported'
  return [
    ...(isChanged(line) ? ['changed' as const] : []),
    ...(isDraft && isOld && isDue(line) ? ['draft-left' as const] : [])
  ]
}
