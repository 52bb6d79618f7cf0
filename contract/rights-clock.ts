import { addDays, weekdayOf, type Day } from './day.ts'
import { addMonths, daysOf, monthOf } from './month.ts'

/** The months of GDPR Art. 12(3): one, and two more where somebody was told why. */
const months = { plain: 1, extended: 3 } as const

/** Days left from which on Tilanne alerts. */
export const alertDays = 5

export interface RightsClock {
  /** The day on which the month, or three, are full. */
  readonly fullOn: Day
  /** The last day on which an answer is in time: another than `fullOn` where that is no working day. */
  readonly dueOn: Day
}

/**
 * GDPR Art. 12(3), counted by Regulation 1182/71: a month ends on the day of the same date, or on the
 * month's last day where there is none (Art. 3(2)(c)); where that is a Saturday or a Sunday, with the next
 * working day (Art. 3(4)). Public holidays on other days are left out, so that it errs towards being early.
 */
export function clockOf(receivedOn: Day, isExtended: boolean): RightsClock {
  const fullOn = monthsAfter(receivedOn, isExtended ? months.extended : months.plain)
  const weekday = weekdayOf(fullOn)
  return { fullOn, dueOn: addDays(fullOn, weekday > 5 ? 8 - weekday : 0) }
}

function monthsAfter(day: Day, count: number): Day {
  const month = addMonths(monthOf(day), count)
  const sameDate = `${month}${day.slice(7)}` as Day
  const { last } = daysOf(month)
  return sameDate > last ? last : sameDate
}
