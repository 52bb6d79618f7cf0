import {
  type Day,
  daysBetween,
  type Moment,
  toMilliseconds,
  wallTimeAt,
  weekdayOf
} from '#contract/day.ts'
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

/** 22.11. */
export function formatShortDay(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${date}.${month}.`
}

/** sunnuntai */
export function formatWeekday(day: Day): string {
  return named(day, 'weekday', { weekday: 'long' })
}

/** su 22.11. */
export function formatWeekdayAndDay(day: Day): string {
  return `${named(day, 'short', { weekday: 'short' })} ${formatShortDay(day)}`
}

/** marraskuu 2026 */
export function formatMonth(day: Day): string {
  return named(day, 'month', { month: 'long', year: 'numeric' })
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

/** 1,5 h */
export function formatHours(minutes: number): string {
  return `${formatNumber(minutes / 60)} h`
}

/** ISO 8601 week of the day, 1 to 53 */
export function weekOf(day: Day): number {
  const thursday = new Date(Date.parse(`${day}T00:00:00Z`) + (4 - weekdayOf(day)) * 86_400_000)
  const first = `${thursday.getUTCFullYear()}-01-01` as Day
  return 1 + Math.floor(daysBetween(first, thursday.toISOString().slice(0, 10) as Day) / 7)
}
