import type { ClosingRecord } from '#contract/closing.ts'
import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { EndingParts } from './delete-customership.ts'
import { planLapse, type Lapse } from './plan-lapse.ts'
import { setEndDate } from './set-end-date.ts'

/** DOMAIN's default, where the settings name none. */
export const standardLapseDays = 30

/** When somebody last said that it goes on. */
export function resumedDay({ resumed }: ClosingRecord): Day | null {
  const last = resumed.at(-1)
  return last ? dayAt(toMilliseconds(last.at)) : null
}

/** What has ended because no decision followed. */
export async function readLapses({ store, clock }: EndingParts): Promise<Lapse[]> {
  const { organisation } = await store.organisation.read()
  if (!organisation) return []
  const today = dayAt(clock.now())
  const lastDays = await store.register.lastDecisionDays({ until: today })
  if (lastDays.size === 0) return []
  const lapseDays = organisation.policy.lapseDays ?? standardLapseDays
  const plan = (of: Parameters<typeof planLapse>[0], resumed: ReadonlyMap<CustomershipId, Day>) =>
    planLapse(of, lastDays, resumed, today, lapseDays)
  const candidates = await store.register.list({ states: ['active'] })
  // Only of what would end now is it asked whether somebody said that it goes on.
  const ids = new Set(plan(candidates, new Map()).map(({ id }) => id))
  const read = await store.register.readEach([...ids], async (reader) =>
    resumedDay(await reader.closingRecord())
  )
  const resumed = new Map([...read].flatMap(([id, day]) => (day ? [[id, day]] : [])))
  return plan(
    candidates.filter(({ id }) => ids.has(id)),
    resumed
  )
}

/** The tablets lose it at their next contact, and the server's deadline begins to run. */
export async function lapse(
  { store, clock }: EndingParts,
  id: CustomershipId,
  endDay: Day
): Promise<void> {
  const { organisation } = await requireOrganisation(store)
  const { deleteAfterDays } = organisation.policy
  await store.register.transact(async (tx) => {
    await tx.change(
      id,
      (change) =>
        setEndDate(
          change,
          { endDay, reason: 'decision-lapsed' },
          dayAt(clock.now()),
          deleteAfterDays
        ),
      { alsoRestricted: true }
    )
    await tx.usage.append([
      {
        customership: id,
        user: null,
        device: null,
        kind: 'end',
        purpose: 'organising',
        at: clock.now()
      }
    ])
  })
}
