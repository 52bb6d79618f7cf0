import { dayAt, instantOf, type Day } from '#contract/day.ts'
import { addMonths, monthOf } from '#contract/month.ts'
import type { Store } from '#server/store/store.ts'

/** 703/2023: twelve years, unless the organisation keeps them otherwise. */
const logYearsUnlessTold = 12

/** The moment before which no log is kept any more: the first of a month, milliseconds since 1970. */
export async function logsFrom(store: Store, now: number): Promise<number> {
  const { organisation } = await store.organisation.read()
  const years = organisation?.policy.logYears ?? logYearsUnlessTold
  const first = addMonths(monthOf(dayAt(now)), -12 * years)
  return instantOf(`${first}-01` as Day)
}
