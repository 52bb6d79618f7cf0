import { unitHundredths } from './claim.ts'
import { quoteCell, tameCell } from './csv.ts'
import { toMilliseconds, wallTimeAt, type Moment } from './day.ts'
import type { ExportColumn, ExportProfile } from './export-profile.ts'
import type { LedgerLine } from './ledger.ts'
import { termsFor, type TransferSettings } from './transfer-terms.ts'

/** An event, and the client of whom a file may have to tell by name. */
export interface ExportLine extends Pick<LedgerLine, 'visit' | 'organiser' | 'claim'> {
  readonly firstName: string
  readonly lastName: string
}

type Style = Pick<ExportProfile, 'decimal' | 'date' | 'separator'>

function cell(text: string, separator: string): string {
  const tame = tameCell(text)
  const isPlain = !/["\r\n]/.test(tame) && !tame.includes(separator)
  return isPlain ? tame : quoteCell(tame)
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** `1250` as `12,50`: from whole numbers, so that no cent is lost on the way. */
export function hundredths(number: number, decimal: string): string {
  return `${Math.floor(number / 100)}${decimal}${twoDigits(number % 100)}`
}

function dayText(moment: Moment | undefined, date: ExportProfile['date']): string {
  if (moment === undefined) return ''
  const { day } = wallTimeAt(toMilliseconds(moment))
  const [year = '', month, of] = day.split('-')
  return date === 'yyyy-mm-dd' ? day : `${Number(of)}.${Number(month)}.${year}`
}

function timeText(moment: Moment | undefined): string {
  if (moment === undefined) return ''
  const { hour, minute } = wallTimeAt(toMilliseconds(moment))
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}

const cents = (value: number | undefined, decimal: string): string =>
  value === undefined ? '' : hundredths(value, decimal)

/** What a column says of an event; also what the keying list copies, so that both portals hear the same. */
const writers: Readonly<
  Record<ExportColumn, (line: ExportLine, style: Style, settings: TransferSettings) => string>
> = {
  reference: ({ visit }) => visit,
  organiser: ({ organiser }) => organiser,
  number: ({ claim }) => claim.number ?? '',
  code: ({ claim }) => claim.code ?? '',
  providerUnit: ({ organiser }, _style, settings) =>
    termsFor(settings, organiser).providerUnit ?? '',
  startDay: ({ claim }, { date }) => dayText(claim.start, date),
  startTime: ({ claim }) => timeText(claim.start),
  endDay: ({ claim }, { date }) => dayText(claim.end, date),
  endTime: ({ claim }) => timeText(claim.end),
  units: ({ claim }, { decimal }) => hundredths(unitHundredths(claim), decimal),
  unit: ({ claim }) => (claim.unit === 'hour' ? 'h' : 'kpl'),
  price: ({ claim }, { decimal }) => cents(claim.priceCents, decimal),
  value: ({ claim }, { decimal }) => cents(claim.valueCents, decimal),
  minutes: ({ claim }) => String(claim.minutes),
  outcome: ({ claim }) => claim.outcome ?? '',
  lastName: ({ lastName }) => lastName,
  firstName: ({ firstName }) => firstName
}

export function columnText(
  column: ExportColumn,
  line: ExportLine,
  style: Style,
  settings: TransferSettings
): string {
  return writers[column](line, style, settings)
}

/** The whole file as text, before it is encoded. */
export function exportText(
  lines: readonly ExportLine[],
  profile: ExportProfile,
  settings: TransferSettings
): string {
  const { columns, separator, header } = profile
  const rows = lines.map((line) =>
    columns.map(({ column }) => columnText(column, line, profile, settings))
  )
  const all = header ? [columns.map(({ heading }) => heading), ...rows] : rows
  return all.map((row) => `${row.map((one) => cell(one, separator)).join(separator)}\r\n`).join('')
}
