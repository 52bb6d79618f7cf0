import { dayAt, instantOf, type Day } from '#contract/day.ts'
import { addMonths, monthOf } from '#contract/month.ts'
import { standardLogYears } from '#contract/settings.ts'
import type { Store } from '#server/store/store.ts'

/** The moment before which no log is kept any more: the first of a month, milliseconds since 1970. */
export async function logsFrom(store: Store, now: number): Promise<number> {
  const { organisation } = await store.organisation.read()
  const years = organisation?.policy.logYears ?? standardLogYears
  const first = addMonths(monthOf(dayAt(now)), -12 * years)
  return instantOf(`${first}-01` as Day)
}
