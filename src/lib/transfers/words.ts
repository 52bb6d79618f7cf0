import type { Moment } from '#contract/day.ts'
import { dayAt, toMilliseconds } from '#contract/day.ts'
import { hundredths } from '#contract/export-text.ts'
import type { Claim, ServiceEventState } from '#contract/service-event.ts'
import { stateOfLine } from '#contract/ledger.ts'
import type { TransferAlarm } from '#contract/transfer-alarm.ts'
import type { TransferLine } from '#contract/transfers.ts'
import { formatClock, formatDay, formatSpan } from '#lib/i18n/format.ts'
import { currentLanguage } from '#lib/i18n/language.svelte.ts'
import { say } from '#lib/i18n/say.ts'

/** 63,75 €; in English €63.75 */
export function formatMoney(cents: number | undefined): string {
  if (cents === undefined) return '—'
  return currentLanguage() === 'en' ? `€${hundredths(cents, '.')}` : `${hundredths(cents, ',')} €`
}

export const stateName = (state: ServiceEventState | null): string =>
  say(`event-state.${state ?? 'none'}`)

export const stateNameOf = (line: Pick<TransferLine, 'event'>): string =>
  stateName(stateOfLine(line))

/** What lies in the portal as a draft is somebody's to finish; what left in a file, nobody has told whether the portal took it. */
export function alarmName(line: Pick<TransferLine, 'event'>, alarm: TransferAlarm): string {
  if (alarm !== 'draft-left') return say(`transfer-alarm.${alarm}`)
  return say(stateOfLine(line) === 'exported' ? 'transfers.file-left' : 'transfers.draft-left')
}

export const clientName = ({ lastName, firstName }: TransferLine): string =>
  `${lastName} ${firstName}`

const dayOf = (moment: Moment) => dayAt(toMilliseconds(moment))

/** 10.11.2026 9.00–10.30; over midnight both days. */
export function claimSpan({ start, end }: Pick<Claim, 'start' | 'end'>): string {
  const day = formatDay(dayOf(start))
  if (end === undefined) return `${day} ${formatClock(start)}`
  if (dayOf(end) === dayOf(start)) return `${day} ${formatSpan(start, end)}`
  return `${day} ${formatClock(start)} – ${formatDay(dayOf(end))} ${formatClock(end)}`
}

export const outcomeName = ({ outcome }: Pick<Claim, 'outcome'>): string =>
  outcome === null ? '—' : say(`visit-state.${outcome}`)
