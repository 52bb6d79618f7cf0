import { formatHours } from '#lib/i18n/format.ts'

/** Under an hour in minutes, as people say it; then in hours with decimals, as it is billed. */
export function durationWords(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : formatHours(minutes)
}
