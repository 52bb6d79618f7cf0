import type * as z from 'zod/mini'

/** A calendar day in Europe/Helsinki, `YYYY-MM-DD`. */
export type Day = string & z.core.$brand<'Day'>

/** RFC 3339 with an offset, to the millisecond at most. */
export type Moment = string & z.core.$brand<'Moment'>

const dayMilliseconds = 86_400_000

let made: Intl.DateTimeFormat | undefined

/** Made by whoever needs it first: a slow tablet takes longer over it than over all else that its app begins with. */
const helsinki = (): Intl.DateTimeFormat =>
  (made ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Helsinki',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23'
  }))

/** Milliseconds since 1970 to the RFC 3339 text that the wire carries. */
export function toMoment(milliseconds: number): Moment {
  return new Date(milliseconds).toISOString() as Moment
}

export function toMilliseconds(moment: Moment): number {
  return Date.parse(moment)
}

/** Whole minutes between two instants; the calendar and its clock changes play no part. */
export function minutesBetween(start: Moment, end: Moment): number {
  return Math.max(0, Math.round((toMilliseconds(end) - toMilliseconds(start)) / 60_000))
}

interface WallTime {
  readonly day: Day
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const hourMilliseconds = 3_600_000
const offsetByHour = new Map<number, number>()

/** Milliseconds that Helsinki is ahead of UTC. It changes on the hour only, so one answer serves a whole one. */
function offsetAt(milliseconds: number): number {
  const hour = Math.floor(milliseconds / hourMilliseconds)
  const known = offsetByHour.get(hour)
  if (known !== undefined) return known
  const start = hour * hourMilliseconds
  const parts = Object.fromEntries(
    helsinki()
      .formatToParts(start)
      .map((part) => [part.type, Number(part.value)])
  )
  const { year = 0, month = 0, day = 0, minute = 0, second = 0 } = parts
  const offset = Date.UTC(year, month - 1, day, parts['hour'], minute, second) - start
  if (offsetByHour.size > 5000) offsetByHour.clear()
  offsetByHour.set(hour, offset)
  return offset
}

/** What the wall calendar and clock in Helsinki show at that instant. */
export function wallTimeAt(milliseconds: number): WallTime {
  const shown = new Date(milliseconds + offsetAt(milliseconds))
  return {
    day: shown.toISOString().slice(0, 10) as Day,
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds()
  }
}

export function dayAt(milliseconds: number): Day {
  return wallTimeAt(milliseconds).day
}

/**
 * The instant at which Helsinki's clock shows `hour:minute` on `day`. A time that daylight saving
 * skips is read as if the change had not yet come; one that it repeats is the first of the two.
 */
export function instantOf(day: Day, hour = 0, minute = 0): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * 60_000
  for (const offsetHours of [3, 2]) {
    const instant = wanted - offsetHours * 3_600_000
    const shown = wallTimeAt(instant)
    if (shown.hour === hour && shown.minute === minute && shown.day === day) return instant
  }
  return wanted - 2 * 3_600_000
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds)
    .toISOString()
    .slice(0, 10) as Day
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round(
    (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds
  )
}

/** ISO 8601: Monday is 1, Sunday 7. */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay() || 7
}

export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day))
}

/** The earliest of the given days; days not given do not count. */
export function earliestDay(...days: (Day | null | undefined)[]): Day | null {
  let earliest: Day | null = null
  for (const day of days) if (day && (earliest === null || day < earliest)) earliest = day
  return earliest
}
