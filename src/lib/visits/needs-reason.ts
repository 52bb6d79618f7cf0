import { minutesBetween, toMilliseconds, type Moment } from '#contract/day.ts'
import type { Visit, VisitState } from '#contract/visit.ts'
import { wholeMinute } from './times.ts'

/** What is known of a visit when its times are looked at: the end of one that runs is now. */
export interface KnownTimes {
  readonly state: VisitState
  readonly startedAt: Moment
  readonly endedAt: Moment
}

/** What is recorded of a visit, and else what was planned of it; nothing of it lies in time to come. */
export function timesToLookAt(visit: Visit, now: number): KnownTimes {
  const { state, plannedStart, plannedEnd } = visit
  const moment = wholeMinute(now)
  const startedAt = visit.startedAt ?? plannedStart ?? moment
  const isOver = plannedEnd !== undefined && toMilliseconds(plannedEnd) < now
  const endedAt = visit.endedAt ?? (state === 'planned' && isOver ? plannedEnd : moment)
  return { state, startedAt, endedAt }
}

/** Who comes to the door and presses a moment later has forgotten nothing. */
const momentMinutes = 5

const isSame = (one: Moment, other: Moment): boolean =>
  toMilliseconds(one) === toMilliseconds(other)

const isFar = (one: Moment, other: Moment): boolean =>
  Math.max(minutesBetween(one, other), minutesBetween(other, one)) > momentMinutes

/** Whether somebody who reads the times later would ask why they are not when the buttons were pressed. */
export function needsReason(known: KnownTimes, startedAt: Moment, endedAt: Moment): boolean {
  if (known.state !== 'started') return true
  return !isSame(known.startedAt, startedAt) || isFar(known.endedAt, endedAt)
}

/** A correction that changes nothing is none. */
export function changesTimes(known: KnownTimes, startedAt: Moment, endedAt: Moment): boolean {
  return (
    known.state !== 'completed' ||
    !isSame(known.startedAt, startedAt) ||
    !isSame(known.endedAt, endedAt)
  )
}
