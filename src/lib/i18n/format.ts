import { type Day, type Moment, toMilliseconds, wallTimeAt } from '#contract/day.ts'
import type { Language } from '#contract/text.ts'
import { currentLanguage } from './language.svelte.ts'

// One for each language and form: making one costs more than a hundred uses of it.
const formats = new Map<string, Intl.DateTimeFormat>()

function named(day: Day, form: string, options: Intl.DateTimeFormatOptions): string {
  const language = currentLanguage()
  const kept = `${language} ${form}`
  const format =
    formats.get(kept) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
  formats.set(kept, format)
  return format.format(Date.parse(`${day}T12:00:00Z`))
}

const decimalMark: Record<Language, string> = { fi: ',', sv: ',', en: '.' }
const timeMark: Record<Language, string> = { fi: '.', sv: '.', en: ':' }

/** 22.11.2026 */
export function formatDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}.${month}.${year}`
}

function shortDay(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${date}.${month}.`
}

/** sunnuntai */
export function formatWeekday(day: Day): string {
  return named(day, 'weekday', { weekday: 'long' })
}

/** su 22.11. */
export function formatWeekdayAndDay(day: Day): string {
  return `${named(day, 'short', { weekday: 'short' })} ${shortDay(day)}`
}

/** 9.05; in English 9:05 */
export function formatTime(moment: Moment): string {
  const { hour, minute } = wallTimeAt(toMilliseconds(moment))
  return `${hour}${timeMark[currentLanguage()]}${String(minute).padStart(2, '0')}`
}

/** klo 9.05, kl. 9.05, 9:05: as it stands inside a sentence */
export function formatClock(moment: Moment): string {
  const before = { fi: 'klo ', sv: 'kl. ', en: '' }[currentLanguage()]
  return `${before}${formatTime(moment)}`
}

/** 9.05–10.30 */
export function formatSpan(from: Moment, to: Moment): string {
  return `${formatTime(from)}–${formatTime(to)}`
}

/** 22.11.2026 klo 9.05 */
export function formatDateTime(moment: Moment): string {
  return `${formatDay(wallTimeAt(toMilliseconds(moment)).day)} ${formatClock(moment)}`
}

/** 1,5: at most two decimals, in the language's own mark */
export function formatNumber(value: number): string {
  return String(Math.round(value * 100) / 100)
    .replace('-', '−')
    .replace('.', decimalMark[currentLanguage()])
}

const units: Record<Language, { kilo: string; mega: string; giga: string }> = {
  fi: { kilo: 'kt', mega: 'Mt', giga: 'Gt' },
  sv: { kilo: 'kB', mega: 'MB', giga: 'GB' },
  en: { kilo: 'kB', mega: 'MB', giga: 'GB' }
}

/** 840 kt, 1,4 Mt, 10,7 Gt */
export function formatBytes(bytes: number): string {
  const { kilo, mega, giga } = units[currentLanguage()]
  const inTenths = (of: number) => formatNumber(Math.round((bytes / of) * 10) / 10)
  if (bytes < 1_000_000) return `${formatNumber(Math.ceil(bytes / 1000))} ${kilo}`
  return bytes < 1_000_000_000
    ? `${inTenths(1_000_000)} ${mega}`
    : `${inTenths(1_000_000_000)} ${giga}`
}

/** 1,5 h */
export function formatHours(minutes: number): string {
  return `${formatNumber(minutes / 60)} h`
}

/** Aino, Eino ja Oiva */
export function formatNames(names: readonly string[]): string {
  return new Intl.ListFormat(currentLanguage()).format(names)
}
