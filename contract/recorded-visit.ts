import { toMilliseconds, type Moment } from './day.ts'
import type { Entry } from './entry.ts'
import type { UserId } from './id.ts'
import { isSameSplit } from './split.ts'
import type { FormerRecord, Visit, VisitRecord } from './visit.ts'

/** How a visit stands, who wrote it so, and when. */
type Standing = Pick<Entry<'visit'>, 'data' | 'by' | 'at'>
type Recorded = Omit<VisitRecord, 'visit'> & Pick<Visit, 'recordedBy'>
type Times = Pick<Visit, 'state' | 'startedAt' | 'endedAt' | 'split' | 'reason'>

/** Two texts of one instant, or neither. */
export const isSameMoment = (one: Moment | undefined, other: Moment | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : toMilliseconds(one) === toMilliseconds(other)

/**
 * Whether it takes back something that was recorded. Ending what runs takes nothing back, and with whom
 * the time was shared is told as long as the note is open: only a reason makes another answer a correction.
 */
export function isCorrection(former: Times, record: Times): boolean {
  if (former.state === 'planned') return false
  if (!isSameMoment(former.startedAt, record.startedAt)) return true
  if (former.state === 'started') return false
  if (former.state !== record.state || !isSameMoment(former.endedAt, record.endedAt)) return true
  const isTold = record.reason !== undefined && record.reason !== former.reason
  return isTold && !isSameSplit(former.split, record.split)
}

/** Whether it makes other hours of a time that was over already. */
export function changesHours(former: Times, record: Times): boolean {
  const isOver = former.state === 'completed' && record.state === 'completed'
  return isCorrection(former, record) || (isOver && !isSameSplit(former.split, record.split))
}

/** What is recorded of a visit, as a line of its history; none of what is only planned. */
export function recordOf({ data, by, at }: Standing): FormerRecord[] {
  const { state, startedAt, endedAt, reason, split } = data
  if (state === 'planned') return []
  const times = { ...(startedAt ? { startedAt } : {}), ...(endedAt ? { endedAt } : {}) }
  const said = { ...(reason ? { reason } : {}), ...(split ? { split } : {}) }
  return [{ state, ...times, ...said, by, at }]
}

/**
 * A visit as its worker records it, or somebody at the office for them: the plan stays beside it, and what
 * is corrected is kept behind it.
 * The same at the server and over what a tablet holds, so that nobody sees two truths.
 */
export function recordedVisit(former: Standing | null, record: Recorded, worker: UserId): Visit {
  if (!former) return { ...record, worker }
  // What the record leaves out is not so any more; the rest it does not tell of.
  const { state: _state, startedAt: _start, endedAt: _end, ...besides } = former.data
  const { reason: _reason, split: _split, recordedBy: _recorder, ...kept } = besides
  const formerly = [
    ...(kept.formerly ?? []),
    ...(isCorrection(former.data, record) ? recordOf(former) : [])
  ]
  return { ...kept, ...record, worker, ...(formerly.length > 0 ? { formerly } : {}) }
}
