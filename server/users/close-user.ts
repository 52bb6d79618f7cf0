import { dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import { requireReason, type Beyond } from '#server/access/exception.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import type { Placed } from '#server/store/across.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import { assignmentsLeft, visitsLeft } from './leaving.ts'
import { refuseLastKeeper } from './rights.ts'

/**
 * §12: who leaves can open nothing from here on: the account is closed, its assignments end, its
 * sessions and tablets with it. What those tablets still hold to send is delivered all the same.
 */
export async function closeUser(
  { store, clock }: { store: Store; clock: Clock },
  id: UserId,
  reason: string | undefined,
  by: UserId
): Promise<Refusal | null> {
  if (id === by) return { code: 'not-allowed' }
  return await store.register.transact(async (tx) => {
    const now = clock.now()
    const today = dayAt(now)
    const user = await store.users.find(id)
    if (!user) return { code: 'not-found' }
    if (user.state === 'closed') return null
    const last = await refuseLastKeeper(store, user, { ...user, state: 'closed' })
    if (last) return last

    const visits = await visitsLeft(store, id, now)
    const asked = requireReason(visits.map(nameVisit), reason, by, now)
    if ('refusal' in asked) return asked.refusal

    const left = Map.groupBy(
      await assignmentsLeft(store, id, today),
      ({ customership }) => customership
    )
    for (const [customership, assignments] of left) {
      const isMissed = visits.some((visit) => visit.customership === customership)
      const exception = isMissed && 'exception' in asked ? asked.exception : undefined
      const changed = await tx.change(
        customership,
        async (change) => {
          for (const one of assignments) await endAssignment(change, one, { today, by, exception })
        },
        { alsoRestricted: true }
      )
      if ('value' in changed) await recordEnd(store, clock, customership, by)
    }
    await store.users.change(id, { state: 'closed', passwordHash: null })
    await store.passkeys.removeOfUser(id)
    await store.sessions.endOfUser(id)
    for (const device of await store.devices.list({ user: id }))
      if (device.revokedAt === null) await store.devices.revoke(device.id, now)
    return null
  })
}

const nameVisit = ({ customership, id }: Placed<'visit'>): Beyond => ({
  path: ['visits', customership, id],
  code: 'leaves-visit-without-worker'
})

interface Ending {
  readonly today: Day
  readonly by: UserId
  readonly exception: Exclude<ReturnType<typeof requireReason>, { refusal: Refusal }>['exception']
}

/** One that has not begun never does. */
async function endAssignment(
  change: CustomershipChange,
  { entry, from }: AssignmentFacts,
  { today, by, exception }: Ending
): Promise<void> {
  const assignment = from > today ? null : await change.entry('assignment', entry)
  if (!assignment) return change.remove(entry, by)
  const data = { ...assignment.data, until: today, ...(exception ? { exception } : {}) }
  await change.put('assignment', entry, data, by)
}

async function recordEnd(
  store: Store,
  clock: Clock,
  customership: CustomershipId,
  by: UserId
): Promise<void> {
  await recordUse(store, clock, { customership, user: by, kind: 'write', purpose: 'planning' })
}
