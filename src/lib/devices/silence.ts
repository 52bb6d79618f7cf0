import { toMilliseconds, type Moment } from '#contract/day.ts'

const dayMilliseconds = 86_400_000

/** Whole days since the device was last heard of; null when it never was. */
export function silentDays(lastContactAt: Moment | null, now: number): number | null {
  if (lastContactAt === null) return null
  return Math.max(0, Math.floor((now - toMilliseconds(lastContactAt)) / dayMilliseconds))
}
