import { dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { EndingParts } from './delete-customership.ts'
import { planLapse, type Lapse } from './plan-lapse.ts'
import { setEndDate } from './set-end-date.ts'

/** DOMAIN's default, where the settings name none. */
export const standardLapseDays = 30

/** What has ended because no decision followed. */
export async function readLapses({ store, clock }: EndingParts): Promise<Lapse[]> {
  const { organisation } = await store.organisation.read()
  if (!organisation) return []
  return planLapse(
    await store.register.list({ states: ['active'] }),
    await store.register.lastDecisionDays(),
    dayAt(clock.now()),
    organisation.policy.lapseDays ?? standardLapseDays
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
    await tx.change(id, (change) =>
      setEndDate(change, { endDay, reason: 'decision-lapsed' }, dayAt(clock.now()), deleteAfterDays)
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
