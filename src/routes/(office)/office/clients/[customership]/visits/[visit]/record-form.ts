import { minutesBetween, toMilliseconds, type Moment } from '#contract/day.ts'
import type { RecordAtOffice, Visit } from '#contract/visit.ts'
import { nearestAt, stopAt } from '#lib/visits/times.ts'

/** What a main user fills in of a visit that no tablet told, from a paper day sheet. */
export interface RecordForm {
  readonly outcome: RecordAtOffice['state']
  /** `HH:MM`, on the visit's own day. */
  readonly start: string
  readonly end: string
  readonly reason: string
}

export type RecordFault = 'start' | 'end' | 'start-future' | 'end-future' | 'reason'

export const outcomes = [
  'completed',
  'not-at-home',
  'cancelled-in-time',
  'cancelled-late',
  'cancelled-by-provider'
] as const satisfies readonly RecordAtOffice['state'][]

/** Somebody stood at the door: then it is told when. What was cancelled was to be when it was planned. */
export const hasTimes = (outcome: RecordForm['outcome']): boolean =>
  outcome === 'completed' || outcome === 'not-at-home'

/** How long it lasted by the times of the form, whatever is still to be said of it; null while that cannot be told. */
export function minutesOf(
  { outcome, start, end }: Omit<RecordForm, 'reason'>,
  known: Moment
): number | null {
  const from = hasTimes(outcome) ? nearestAt(known, start) : null
  const until = from && stopAt(from, end)
  return from && until ? minutesBetween(from, until) : null
}

type Read =
  | { readonly fault: RecordFault; readonly record: null }
  | { readonly fault: null; readonly record: Omit<RecordAtOffice, 'based'> }

const wrong = (fault: RecordFault): Read => ({ fault, record: null })

/** `known` is when the visit began or was to begin: the times of the form are those nearest to it. */
export function readRecord(form: RecordForm, known: Moment, now: number): Read {
  const reason = form.reason.trim()
  const told = { state: form.outcome, reason }
  const start = hasTimes(form.outcome) ? nearestAt(known, form.start) : known
  if (!start) return wrong('start')
  if (toMilliseconds(start) > now && hasTimes(form.outcome)) return wrong('start-future')
  const end = hasTimes(form.outcome) ? stopAt(start, form.end) : null
  if (hasTimes(form.outcome) && !end) return wrong('end')
  if (end && toMilliseconds(end) > now) return wrong('end-future')
  if (reason === '') return wrong('reason')
  return { fault: null, record: { ...told, startedAt: start, ...(end ? { endedAt: end } : {}) } }
}

/** A visit that nobody stops in half a day was left running. */
const forgottenMilliseconds = 12 * 3_600_000

/** It should have been told by now: its planned end is past, or it was begun and left running. */
export function isUntoldAt(
  { state, startedAt, plannedStart, plannedEnd }: Visit,
  now: number
): boolean {
  if (state === 'started' && startedAt)
    return toMilliseconds(startedAt) + forgottenMilliseconds < now
  const end = plannedEnd ?? plannedStart
  return state === 'planned' && end !== undefined && toMilliseconds(end) <= now
}
