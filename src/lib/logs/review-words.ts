import { consequenceSchema, findingSchema, type Review } from '#contract/review.ts'
import { formatDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'

/** 1.9.2026–30.11.2026 */
export const daysWords = ({ from, until }: Pick<Review, 'from' | 'until'>): string =>
  say('reviews.days', { from: formatDay(from), until: formatDay(until) })

/** What a review found, in figures, and what followed; empty while nothing is judged. */
export function foundWords({ findings, consequences }: Review): string {
  const found = findingSchema.options
    .filter((finding) => findings[finding] > 0)
    .map((finding) => say(`reviews.count.${finding}`, { count: findings[finding] }))
  const followed = consequenceSchema.options
    .filter((code) => consequences[code] > 0)
    .map((code) => `${say(`reviews.consequence.${code}`)} ${consequences[code]}`)
  return found.join(', ') + (followed.length > 0 ? ` (${followed.join(', ')})` : '')
}
