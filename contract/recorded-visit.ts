import { toMilliseconds, type Moment } from './day.ts'
import type { Entry } from './entry.ts'
import type { UserId } from './id.ts'
import type { FormerRecord, Visit, VisitRecord } from './visit.ts'

/** How a visit stands, who wrote it so, and when. */
type Standing = Pick<Entry<'visit'>, 'data' | 'by' | 'at'>
type Recorded = Omit<VisitRecord, 'visit'>
type Times = Pick<Visit, 'state' | 'startedAt' | 'endedAt'>

const isSame = (one: Moment | undefined, other: Moment | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : toMilliseconds(one) === toMilliseconds(other)

/** Whether it takes back something that was recorded. Ending what runs takes nothing back. */
export function isCorrection(former: Times, record: Times): boolean {
  if (former.state === 'planned') return false
  if (!isSame(former.startedAt, record.startedAt)) return true
  if (former.state === 'started') return false
  return former.state !== record.state || !isSame(former.endedAt, record.endedAt)
}

function formerRecord({ data, by, at }: Standing): FormerRecord[] {
  const { state, startedAt, endedAt, reason } = data
  if (state === 'planned') return []
  const times = { ...(startedAt ? { startedAt } : {}), ...(endedAt ? { endedAt } : {}) }
  return [{ state, ...times, ...(reason ? { reason } : {}), by, at }]
}

/**
 * A visit as its worker records it: the plan stays beside it, and what is corrected is kept behind it.
 * The same at the server and over what a tablet holds, so that nobody sees two truths.
 */
export function recordedVisit(former: Standing | null, record: Recorded, worker: UserId): Visit {
  if (!former) return { ...record, worker }
  const { state: _state, startedAt: _start, endedAt: _end, reason: _reason, ...kept } = former.data
  const formerly = [
    ...(kept.formerly ?? []),
    ...(isCorrection(former.data, record) ? formerRecord(former) : [])
  ]
  return { ...kept, ...record, worker, ...(formerly.length > 0 ? { formerly } : {}) }
}
