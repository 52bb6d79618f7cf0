import { dayAt, toMilliseconds } from '#contract/day.ts'
import type { DeviceSummary } from '#contract/device.ts'
import { formatDateTime, formatDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'

/** "Gone" is said only of a device that confirmed it; a lease that ended unconfirmed is told as that. */
export function leaseWords(
  { state, leaseUntil, wipedAt }: Pick<DeviceSummary, 'state' | 'leaseUntil' | 'wipedAt'>,
  now: number
): string | null {
  if (state === 'wiped') return wipedAt ? formatDateTime(wipedAt) : null
  if (state === 'active' || leaseUntil === null) return null
  const until = toMilliseconds(leaseUntil)
  const words = until >= now ? 'office.device.leaseEnds' : 'office.device.leaseEnded'
  return say(words, { day: formatDay(dayAt(until)) })
}
