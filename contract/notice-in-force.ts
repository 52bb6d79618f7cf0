import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import type { Day } from './day.ts'

/** Of a published version: when its day comes, and whether it is told to everybody. */
export const noticeDatesSchema = z.strictObject({
  version: z.int().check(z.minimum(1)),
  effectiveFrom: daySchema,
  isSignificant: z.boolean()
})
export type NoticeDates = z.infer<typeof noticeDatesSchema>

/**
 * §14: the newest version whose day has come; one that waits leaves the former in force. The first of
 * a register is in force from the beginning.
 */
export function noticeInForce<T extends NoticeDates>(
  published: readonly T[],
  today: Day
): T | null {
  const inOrder = published.toSorted((a, b) => a.version - b.version)
  return inOrder.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? inOrder[0] ?? null
}

/** §14: the newest version, when its day is still to come. */
export function noticeWaiting<T extends NoticeDates>(
  published: readonly T[],
  today: Day
): T | null {
  const newest = published.toSorted((a, b) => a.version - b.version).at(-1)
  return newest && newest !== noticeInForce(published, today) ? newest : null
}

/**
 * §14: which version a user must acknowledge now; null: none. It is asked when a significant version, or
 * the first, has come into force since the one that they know; what they then read is what is in force.
 */
export function noticeToAcknowledge(
  published: readonly NoticeDates[],
  known: number | null,
  today: Day
): number | null {
  const inForce = noticeInForce(published, today)
  if (!inForce) return null
  const first = Math.min(...published.map(({ version }) => version))
  const isNews = published.some(
    ({ version, effectiveFrom, isSignificant }) =>
      version > (known ?? 0) &&
      version <= inForce.version &&
      (version === first || (isSignificant && effectiveFrom <= today))
  )
  return isNews ? inForce.version : null
}
