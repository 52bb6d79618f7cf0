import type { CustomershipId } from '#contract/id.ts'
import { access } from '#server/access/access.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'

/**
 * What a tablet holds and may not: what its user has no access to, what is gone, and, on a revoked
 * tablet, everything. It is asked by a locked tablet, so it tells nothing else.
 */
export async function toPurge(
  store: Store,
  device: Device,
  have: readonly CustomershipId[],
  now: number
): Promise<CustomershipId[]> {
  const user = await store.users.find(device.user)
  const { organisation } = await store.organisation.read()
  if (device.revokedAt !== null || user?.state === 'closed' || !user || !organisation)
    return [...have]
  const assignments = await store.register.assignments({ worker: user.id })
  const aheadDays = organisation.policy.assignmentAheadDays
  const kept = new Set<CustomershipId>()
  for (const facts of await store.register.list({ ids: have })) {
    const own = assignments.filter(({ customership }) => customership === facts.id)
    if (access(user, { facts, assignments: own }, { now, aheadDays, where: 'tablet' }))
      kept.add(facts.id)
  }
  return have.filter((id) => !kept.has(id))
}
