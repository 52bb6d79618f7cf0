import { toMilliseconds, type Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Visit } from '#contract/visit.ts'

type Standing = Pick<Visit, 'worker' | 'state' | 'startedAt' | 'endedAt'>

/**
 * Which visits a time noted on the lock screen ends: what its worker started last before it, and what
 * was started in the same minute, since siblings are visited together. One forgotten since yesterday
 * is not ended by today's press. `known`: it was applied, and only the note of it was left behind.
 */
export function endedBy<T extends Standing>(
  visits: readonly T[],
  worker: UserId,
  at: Moment
): readonly T[] | 'known' | 'gone' {
  const own = visits.filter((visit) => visit.worker === worker)
  const running = own.filter(
    ({ state, startedAt }) =>
      state === 'started' && startedAt && toMilliseconds(startedAt) <= toMilliseconds(at)
  )
  const last = running.reduce((latest, { startedAt = '' }) => {
    return startedAt > latest ? startedAt : latest
  }, '')
  if (running.length > 0) return running.filter(({ startedAt }) => startedAt === last)
  return own.some(({ endedAt }) => endedAt === at) ? 'known' : 'gone'
}
