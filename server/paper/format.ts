import { type Day, type Moment, toMilliseconds, wallTimeAt } from '#contract/day.ts'
import type { Language } from '#contract/text.ts'

const decimalMark: Record<Language, string> = { fi: ',', sv: ',', en: '.' }
const timeMark: Record<Language, string> = { fi: '.', sv: '.', en: ':' }
const before: Record<Language, string> = { fi: 'klo ', sv: 'kl. ', en: '' }

/** 22.11.2026 */
export function dayOnPaper(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}.${month}.${year}`
}

/** 9.05; in English 9:05 */
export function timeOnPaper(language: Language, moment: Moment): string {
  const { hour, minute } = wallTimeAt(toMilliseconds(moment))
  return `${hour}${timeMark[language]}${String(minute).padStart(2, '0')}`
}

/** 22.11.2026 klo 9.05 */
export function dateTimeOnPaper(language: Language, moment: Moment): string {
  const { day } = wallTimeAt(toMilliseconds(moment))
  return `${dayOnPaper(day)} ${before[language]}${timeOnPaper(language, moment)}`
}

/** 1,5: at most two decimals */
export function numberOnPaper(language: Language, value: number): string {
  return String(Math.round(value * 100) / 100)
    .replace('-', '−')
    .replace('.', decimalMark[language])
}

/** 1,5 h */
export function hoursOnPaper(language: Language, minutes: number): string {
  return `${numberOnPaper(language, minutes / 60)} h`
}
