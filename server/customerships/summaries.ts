import type { CustomershipSummary } from '#contract/customership.ts'
import { dayAt } from '#contract/day.ts'
import { access } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import { readLine, summaryOf } from './line.ts'

const collator = new Intl.Collator('fi')

/** The lines of these few, read now. */
export async function readSummaries(
  store: Store,
  user: SignedIn,
  customerships: readonly CustomershipFacts[],
  now: number
): Promise<CustomershipSummary[]> {
  const at = { now, aheadDays: 0, where: 'office' } as const
  const summaries: CustomershipSummary[] = []
  for (const { id } of customerships) {
    const summary = await store.register.read(id, async (reader) => {
      const assignments = await reader.assignments()
      const granted = access(user, { facts: reader.facts, assignments }, at)
      return granted && summaryOf(await readLine(reader, dayAt(now)), granted.view, now)
    })
    if (summary) summaries.push(summary)
  }
  return summaries.sort(
    (a, b) => collator.compare(a.lastName, b.lastName) || collator.compare(a.firstName, b.firstName)
  )
}
