import * as z from 'zod/mini'
import { minutesBetween, toMilliseconds } from './day.ts'
import type { MissingCode } from './summary-missing.ts'
import type { Visit } from './visit.ts'

/**
 * What a worker can complete in a visit: how it ended, its signed note, times that cannot be, times that
 * are another visit's too, why it lasted otherwise than planned.
 */
export const wishSchema = z.enum(['ending', 'note', 'times', 'overlap', 'reason'])
export type Wish = z.infer<typeof wishSchema>

/** What of a month's list a worker can be asked for; the rest is the office's own to settle. */
export const wishOf: Partial<Record<MissingCode, Wish>> = {
  'unfinished-visit': 'ending',
  'unsigned-note': 'note',
  'no-note': 'note',
  'negative-visit': 'times',
  'overlapping-visits': 'overlap',
  'unexplained-difference': 'reason'
}

/** The line of the list that says of a wish that it is still open. */
export const missingOf: Readonly<Record<Wish, MissingCode>> = {
  ending: 'unfinished-visit',
  note: 'unsigned-note',
  times: 'negative-visit',
  overlap: 'overlapping-visits',
  reason: 'unexplained-difference'
}

/** A visit as far as it tells what is wanting in it. */
export type Wanting = Pick<
  Visit,
  'state' | 'worker' | 'plannedStart' | 'plannedEnd' | 'startedAt' | 'endedAt'
> & { readonly isExplained: boolean }

export interface VisitAround {
  readonly visit: Wanting
  /** Of whoever is asked: no note is there, or one is not signed. */
  readonly isUnwritten: boolean
  /** The customership's other visits; versions beside another are none. */
  readonly others: readonly Wanting[]
}

/** Whether it is still to be done: the same at the office and on a tablet without a network. */
export function isWanting(wish: Wish, { visit, isUnwritten, others }: VisitAround): boolean {
  switch (wish) {
    case 'ending':
      return visit.state === 'planned' || visit.state === 'started'
    case 'note':
      return visit.state === 'completed' && isUnwritten
    case 'times':
      return isNegative(visit)
    case 'overlap':
      return others.some((other) => isOverlapping(visit, other))
    case 'reason':
      return isUnexplained(visit)
  }
}

const heldSpan = ({ state, startedAt, endedAt }: Wanting) =>
  state === 'completed' && startedAt && endedAt
    ? { from: toMilliseconds(startedAt), to: toMilliseconds(endedAt) }
    : null

function isNegative(visit: Wanting): boolean {
  const span = heldSpan(visit)
  return span !== null && span.to < span.from
}

/** One worker cannot be twice at one time; two workers at one visit may, and say so. */
export function isOverlapping(one: Wanting, other: Wanting): boolean {
  const [own, theirs] = [heldSpan(one), heldSpan(other)]
  if (!own || !theirs || one.worker !== other.worker) return false
  return own.from < theirs.to && theirs.from < own.to
}

/** A longer or shorter visit than was planned needs a word, from this many minutes on. */
const unexplainedMinutes = 15

function isUnexplained({
  state,
  plannedStart,
  plannedEnd,
  startedAt,
  endedAt,
  isExplained
}: Wanting): boolean {
  if (state !== 'completed' || isExplained) return false
  if (!plannedStart || !plannedEnd || !startedAt || !endedAt) return false
  const planned = minutesBetween(plannedStart, plannedEnd)
  return Math.abs(minutesBetween(startedAt, endedAt) - planned) > unexplainedMinutes
}
