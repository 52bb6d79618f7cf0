import { toMilliseconds, type Moment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import type { Split } from '#contract/split.ts'
import type { RecordedVisitState, Visit, VisitRecord } from '#contract/visit.ts'
import { wholeMinute } from './times.ts'

/** What a tap at the door turns into: the body of a `visit.record`. */

export type Occasion = { readonly id: EntryId } & Pick<
  Visit,
  'decision' | 'product' | 'plannedStart' | 'startedAt' | 'endedAt' | 'shares' | 'split'
>

/** A visit that did not take place, and why. */
export type NotHeld = Exclude<RecordedVisitState, 'started' | 'completed'>

const whole = (occasion: Occasion) => ({
  visit: occasion.id,
  decision: occasion.decision,
  product: occasion.product,
  ...(occasion.shares ? { shares: occasion.shares } : {}),
  ...(occasion.split ? { split: occasion.split } : {})
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

/** What is recorded stands, but for whom its time is divided among; what was said of it before is said still. */
export function recordShare(
  occasion: Occasion & Pick<Visit, 'state' | 'reason'>,
  split: Split | null,
  why = ''
): VisitRecord {
  const { split: _former, ...alone } = occasion
  const told = why.trim() === '' ? (occasion.reason ?? '') : why
  const { startedAt, endedAt } = occasion
  const shared = split ? { ...alone, split } : alone
  if (!startedAt) throw new Error('only what has begun is shared')
  if (occasion.state === 'completed' && endedAt)
    return recordCompleted(shared, startedAt, endedAt, told)
  return { ...whole(shared), startedAt, state: 'started', ...said(told) }
}

/** What is recorded stands, with what was driven; its times and what was said of them are not touched. */
export function recordKilometres(
  occasion: Occasion & Pick<Visit, 'reason'>,
  kilometres: number
): VisitRecord {
  const { startedAt, endedAt, reason = '' } = occasion
  if (!startedAt || !endedAt) throw new Error('only what was held has its kilometres')
  return { ...recordCompleted(occasion, startedAt, endedAt, reason), kilometres }
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
  // Nobody shares what did not take place.
  const { split: _shared, ...alone } = occasion
  const moment = occasion.endedAt ?? wholeMinute(now)
  const startedAt = occasion.startedAt ?? occasion.plannedStart ?? moment
  const begun = occasion.startedAt !== undefined || state === 'not-at-home'
  const endedAt = toMilliseconds(moment) > toMilliseconds(startedAt) ? moment : startedAt
  return { ...whole(alone), startedAt, ...(begun ? { endedAt } : {}), state, ...said(reason) }
}

const said = (reason: string) => (reason.trim() === '' ? {} : { reason: reason.trim() })
