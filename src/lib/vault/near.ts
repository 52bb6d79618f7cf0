import { addDays, dayAt, instantOf } from '#contract/day.ts'

/** From and until when visits stand on a face, in milliseconds. */
export interface Near {
  readonly from: number
  readonly until: number
}

/** Wider ahead than any lease is long: a tablet that meets nobody still has its days. */
const daysBack = 8
const daysAhead = 22

export function nearTo(time: number): Near {
  const today = dayAt(time)
  return {
    from: instantOf(addDays(today, -daysBack)),
    until: instantOf(addDays(today, daysAhead + 1))
  }
}
