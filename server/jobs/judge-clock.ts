import type { ClockFact } from '#server/store/clock-fact.ts'

const hour = 3_600_000

/** Steps of a clock that is kept right, and what a restart may lose. */
export const toleranceMilliseconds = 10 * 60_000
/** §7: whoever would be deleted by a leap no longer than this was warned of 14 and 7 days before it. */
export const leapMilliseconds = 7 * 24 * hour
/** A leap that lasts so long, hour by hour, was a server that had been off. */
export const confirmedMilliseconds = 24 * hour

/** `ahead`, `behind`: what cannot be undone waits. */
export type ClockState = 'right' | 'ahead' | 'behind'

/**
 * What the server makes of its clock, from what it last saw of it. Ahead: it leapt by more than a
 * week; it is believed after a day, or when the operator says so. Behind: it stands before what the
 * server saw itself; it is believed when it has caught up, or when the operator says so.
 */
export function judgeClock(
  known: ClockFact | null,
  now: number
): { state: ClockState; fact: ClockFact } {
  if (known === null) return right(now)
  const { seenAt, leaptAt, beforeLeap } = known
  if (now < seenAt - toleranceMilliseconds) {
    // Back from a leap that was never believed: what counts is the time before it.
    if (beforeLeap !== null) return judgeClock(unleapt(beforeLeap), now)
    return { state: 'behind', fact: known }
  }
  if (now - seenAt > leapMilliseconds)
    return { state: 'ahead', fact: { seenAt: now, leaptAt: now, beforeLeap: beforeLeap ?? seenAt } }
  if (leaptAt === null || now - leaptAt >= confirmedMilliseconds)
    return right(Math.max(now, seenAt))
  return { state: 'ahead', fact: { ...known, seenAt: now } }
}

const unleapt = (seenAt: number): ClockFact => ({ seenAt, leaptAt: null, beforeLeap: null })

const right = (now: number) => ({ state: 'right', fact: unleapt(now) }) as const
