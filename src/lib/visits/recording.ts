import { toMilliseconds, type Moment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import type { RecordedVisitState, Visit, VisitRecord } from '#contract/visit.ts'
import { wholeMinute } from './times.ts'

/** What a tap at the door turns into: the body of a `visit.record`. */

export type Occasion = { readonly id: EntryId } & Pick<
  Visit,
  'decision' | 'product' | 'plannedStart' | 'startedAt' | 'endedAt' | 'shares'
>

/** A visit that did not take place, and why. */
export type NotHeld = Exclude<RecordedVisitState, 'started' | 'completed'>

const whole = (occasion: Occasion) => ({
  visit: occasion.id,
  decision: occasion.decision,
  product: occasion.product,
  ...(occasion.shares ? { shares: occasion.shares } : {})
})

export function recordStart(occasion: Occasion, now: number): VisitRecord {
  return { ...whole(occasion), startedAt: wholeMinute(now), state: 'started' }
}

/** `why` says it when the times are not those of the buttons, or take back what was recorded. */
export function recordCompleted(
  occasion: Occasion,
  startedAt: Moment,
  endedAt: Moment,
  why = ''
): VisitRecord {
  return { ...whole(occasion), startedAt, endedAt, state: 'completed', ...said(why) }
}

/**
 * The time of a visit that was not held is when it should have been; when it had begun, also when it
 * broke off. What is corrected later keeps the end that it had.
 */
export function recordNotHeld(
  occasion: Occasion,
  state: NotHeld,
  now: number,
  reason = ''
): VisitRecord {
  const moment = occasion.endedAt ?? wholeMinute(now)
  const startedAt = occasion.startedAt ?? occasion.plannedStart ?? moment
  const begun = occasion.startedAt !== undefined || state === 'not-at-home'
  const endedAt = toMilliseconds(moment) > toMilliseconds(startedAt) ? moment : startedAt
  return { ...whole(occasion), startedAt, ...(begun ? { endedAt } : {}), state, ...said(reason) }
}

const said = (reason: string) => (reason.trim() === '' ? {} : { reason: reason.trim() })
