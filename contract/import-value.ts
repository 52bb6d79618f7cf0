import { phoneToStored } from './phone.ts'

/** What other systems write, as it is kept here. Nothing is guessed: what is none of these stays as it was, and its field refuses it. */

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/
const finnish = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\s+(?:klo\s+)?\d{1,2}[.:]\d{2}.*)?$/

/** `3.5.2026`, `03.05.2026 0:00` and `2026-05-03T00:00:00` are one day. */
export function importedDay(text: string): string {
  const [, year, month, day] = iso.exec(text) ?? []
  if (year && month && day) return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  const [, date, ofMonth, ofYear] = finnish.exec(text) ?? []
  if (date && ofMonth && ofYear)
    return [ofYear, ofMonth.padStart(2, '0'), date.padStart(2, '0')].join('-')
  return text
}

/** `12,5`, `12.5 h`, `1 250` and `12:30`; null when it is none of these. */
export function importedMinutes(text: string): number | null {
  const bare = text
    .replace(/\s*(?:h|t|tuntia|timmar|hours)\.?$/i, '')
    .replace(/(\d)[\s\u00a0](?=\d{3}(?!\d))/g, '$1')
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(bare)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  if (!/^\d{1,5}(?:[.,]\d{1,4})?$/.test(bare)) return null
  return Math.round(Number(bare.replace(',', '.')) * 60)
}

/** A spreadsheet drops the first zero: `401234567` is `040 1234567`. */
export function importedPhone(text: string): string {
  const stored = phoneToStored(text.replace(/[\s\u00a0/]/g, ''))
  return /^[45]\d{6,9}$/.test(stored) ? `+358${stored}` : stored
}

/** The same with `100`, which is `00100`. */
export function importedPostalCode(text: string): string {
  return /^\d{3,4}$/.test(text) ? text.padStart(5, '0') : text.replace(/^FI-/i, '')
}

const yes = new Set(['yes', 'y', 'kyllä', 'k', 'on', 'x', '1', 'true', 'tosi', 'ja', 'j', 'sant'])
const no = new Set(['', 'no', 'n', 'ei', 'e', '-', '0', 'false', 'epätosi', 'nej', 'falskt'])

/** Null when it says neither. */
export function importedYes(text: string): boolean | null {
  const word = text.toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}
