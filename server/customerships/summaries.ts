import type { CustomershipSummary } from '#contract/customership.ts'
import { dayAt, toMilliseconds, type Moment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { CustomershipFacts } from '#server/store/register.ts'
import type { Store } from '#server/store/store.ts'

const collator = new Intl.Collator('fi')

/** One line of the client table, from what the view shows. */
export function summaryOf(
  facts: CustomershipFacts,
  workers: CustomershipSummary['workers'],
  entries: readonly Entry[],
  now: number
): CustomershipSummary {
  const [profile] = entriesOf(entries, 'profile')
  const decisions = entriesOf(entries, 'decision').map(({ data }) => data)
  const current = decisions.filter(({ until }) => until >= dayAt(now))
  const told = current.length > 0 ? current : decisions
  let next: Moment | null = null
  for (const { data } of entriesOf(entries, 'visit')) {
    const start = data.state === 'planned' ? data.plannedStart : undefined
    if (!start || toMilliseconds(start) < now) continue
    if (!next || toMilliseconds(start) < toMilliseconds(next)) next = start
  }
  return {
    id: facts.id,
    firstName: profile?.data.firstName.value ?? '',
    lastName: profile?.data.lastName.value ?? '',
    state: facts.state,
    organisers: [...new Set(told.map(({ organiser }) => organiser))],
    products: [...new Set(told.map(({ product }) => product))],
    workers,
    nextVisitAt: next,
    endDay: facts.endDay,
    deleteBy: facts.deleteBy
  }
}

export async function readSummaries(
  store: Store,
  user: SignedIn,
  customerships: readonly CustomershipFacts[],
  now: number
): Promise<CustomershipSummary[]> {
  const today = dayAt(now)
  const summaries: CustomershipSummary[] = []
  for (const one of customerships) {
    const summary = await store.register.read(one.id, async (reader) => {
      const { facts } = reader
      const at = { now, aheadDays: 0, where: 'office' } as const
      const assignments = await reader.assignments()
      const granted = access(user, { facts, assignments }, at)
      if (!granted) return null
      const entries = await reader.entries({ kinds: ['profile', 'decision', 'visit'] })
      const seen = entries.flatMap((entry) => throughView(granted.view, entry) ?? [])
      const serving = assignments.filter(({ until }) => until === null || until >= today)
      const workers = [...new Set(serving.map(({ worker }) => worker))]
      return summaryOf(facts, workers, seen, now)
    })
    if (summary) summaries.push(summary)
  }
  return summaries.sort(
    (a, b) => collator.compare(a.lastName, b.lastName) || collator.compare(a.firstName, b.firstName)
  )
}
