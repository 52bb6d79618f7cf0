import { dayAt, toMilliseconds, type Day, type Moment } from '#contract/day.ts'

/** The only reader of the device's clock. */
export function now(): number {
  return Date.now()
}

/**
 * What the tablet knows about time. `offset` is device minus server at the last contact; `highest`
 * is the highest server-like time ever seen, so that a clock set back gains nothing. A contact sets
 * it to the server's time, lower or not: one jump forward does not end a lease forever.
 */
export interface TimeMark {
  readonly highest: number
  readonly offset: number
}

export const noMark: TimeMark = { highest: 0, offset: 0 }

/** The time that dates are judged by. */
export function heldTime(mark: TimeMark, deviceTime: number): number {
  return Math.max(deviceTime - mark.offset, mark.highest)
}

export function seenAgain(mark: TimeMark, deviceTime: number): TimeMark {
  return { highest: heldTime(mark, deviceTime), offset: mark.offset }
}

export function contactAt(serverTime: Moment, deviceTime: number): TimeMark {
  const highest = toMilliseconds(serverTime)
  return { highest, offset: deviceTime - highest }
}

export function today(mark: TimeMark, deviceTime: number): Day {
  return dayAt(heldTime(mark, deviceTime))
}
