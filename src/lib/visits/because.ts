import { say } from '#lib/i18n/say.ts'

/** What a worker most often has to say of a correction. */
export type Because = 'start' | 'stop' | 'wrong' | 'agreed' | 'other'

/** As it is kept: in the worker's own words. Empty while it is still to be given. */
export function becauseWords(picked: Because | '', other: string): string {
  if (picked === '') return ''
  return picked === 'other' ? other.trim() : say(`visit.because.${picked}`)
}
