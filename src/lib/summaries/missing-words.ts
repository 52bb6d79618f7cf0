import type { Missing } from '#contract/summary-missing.ts'
import { formatHours, formatWeekdayAndDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'

/** One thing that is missing, in words: which day, and how much. */
export function missingWords({ code, day, count = 0 }: Missing): string {
  if (code === 'hours-over')
    return say('summaries.missing.hours-over', { hours: formatHours(count) })
  if (code === 'undelivered') return say('summaries.missing.undelivered', { count })
  const words = say(`summaries.missing.${code}`)
  return day ? `${formatWeekdayAndDay(day)} ${words}` : words
}
