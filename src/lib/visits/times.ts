import {
  addDays,
  dayAt,
  instantOf,
  toMilliseconds,
  toMoment,
  wallTimeAt,
  type Moment
} from '#contract/day.ts'

const minute = 60_000

/** Visits are kept to the minute: what a clock field shows is then exactly what is recorded. */
export function wholeMinute(milliseconds: number): Moment {
  return toMoment(Math.floor(milliseconds / minute) * minute)
}

/** The Helsinki wall time of a moment, as a clock field holds it. */
export function clockTimeOf(moment: Moment): string {
  const { hour, minute: shown } = wallTimeAt(toMilliseconds(moment))
  return `${String(hour).padStart(2, '0')}:${String(shown).padStart(2, '0')}`
}

function readClockTime(text: string): { hour: number; minute: number } | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (!match) return null
  const [hour, shown] = [Number(match[1]), Number(match[2])]
  return hour < 24 && shown < 60 ? { hour, minute: shown } : null
}

/** The instant nearest to `reference` at which the wall clock shows `text`: 0.10 corrected from 23.50 is the next day. */
export function nearestAt(reference: Moment, text: string): Moment | null {
  const time = readClockTime(text)
  if (!time) return null
  // In the hour that autumn repeats, an untouched time must stay the instant that it was.
  if (clockTimeOf(reference) === text) return reference
  const instant = toMilliseconds(reference)
  const day = dayAt(instant)
  const candidates = [-1, 0, 1].map((days) => instantOf(addDays(day, days), time.hour, time.minute))
  const nearest = candidates.reduce((best, candidate) =>
    Math.abs(candidate - instant) < Math.abs(best - instant) ? candidate : best
  )
  return toMoment(nearest)
}

/** The first instant from `start` on at which the wall clock shows `text`; a visit may cross midnight. */
export function stopAt(start: Moment, text: string, untouched?: Moment): Moment | null {
  const time = readClockTime(text)
  if (!time) return null
  const from = toMilliseconds(start)
  if (untouched && clockTimeOf(untouched) === text && toMilliseconds(untouched) >= from) {
    return untouched
  }
  const day = dayAt(from)
  const sameDay = instantOf(day, time.hour, time.minute)
  return toMoment(sameDay >= from ? sameDay : instantOf(addDays(day, 1), time.hour, time.minute))
}
