import { dayAt, instantOf, type Day } from '#contract/day.ts'
import { addMonths, monthOf } from '#contract/month.ts'
import { standardLogYears } from '#contract/settings.ts'
import type { Clock } from '#server/clock.ts'
import type { Store } from '#server/store/store.ts'

/** The logs of use and of disclosure outlive a client's data, and have a last day of their own. */
export async function keepLogs({ store, clock }: { store: Store; clock: Clock }): Promise<void> {
  const { organisation } = await store.organisation.read()
  const years = organisation?.policy.logYears ?? standardLogYears
  const first = addMonths(monthOf(dayAt(clock.now())), -12 * years)
  const before = instantOf(`${first}-01` as Day)
  await store.usage.eraseBefore(before)
  await store.disclosures.eraseBefore(before)
}
