import { dayAt, addDays, toMilliseconds, type Day } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Leaving } from '#contract/user.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Placed } from '#server/store/across.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'

const farAhead = 3650

/** Assignments that go on past today, or begin later. */
export async function assignmentsLeft(
  store: Store,
  worker: UserId,
  today: Day
): Promise<AssignmentFacts[]> {
  const all = await store.register.assignments({ worker })
  return all.filter(({ until }) => until === null || until > today)
}

/** What is planned for this worker from now on, soonest first. */
export async function visitsLeft(
  store: Store,
  worker: UserId,
  now: number
): Promise<Placed<'visit'>[]> {
  const from = dayAt(now)
  const visits = await store.across.visits({ from, until: addDays(from, farAhead), worker })
  const startOf = ({ data }: Placed<'visit'>): number =>
    data.plannedStart === undefined ? 0 : toMilliseconds(data.plannedStart)
  return visits
    .filter((visit) => visit.data.state === 'planned' && startOf(visit) > now)
    .sort((a, b) => startOf(a) - startOf(b))
}

/** The name as far as this main user may see it. */
async function nameOf(
  store: Store,
  id: CustomershipId,
  user: SignedIn,
  now: number
): Promise<string> {
  const name = await store.register.read(id, async (reader) => {
    const at = { now, aheadDays: 0, where: 'office' } as const
    const granted = access(user, { facts: reader.facts, assignments: [] }, at)
    const profiles = granted ? await reader.entries({ kinds: ['profile'] }) : []
    const seen = profiles.flatMap((entry) => (granted && throughView(granted.view, entry)) ?? [])
    const [profile] = entriesOf(seen, 'profile')
    return profile ? `${profile.data.firstName.value} ${profile.data.lastName.value}` : ''
  })
  return name ?? ''
}

export async function readLeaving(
  store: Store,
  worker: UserId,
  user: SignedIn,
  now: number
): Promise<Leaving> {
  const visits = await visitsLeft(store, worker, now)
  const names = new Map<CustomershipId, string>()
  for (const { customership } of visits)
    if (!names.has(customership))
      names.set(customership, await nameOf(store, customership, user, now))
  const devices = await store.devices.list({ user: worker })
  return {
    assignments: (await assignmentsLeft(store, worker, dayAt(now))).length,
    devices: devices.filter(({ revokedAt }) => revokedAt === null).length,
    visits: visits.flatMap(({ id, customership, data }) =>
      data.plannedStart
        ? [
            {
              customership,
              visit: id,
              name: names.get(customership) ?? '',
              plannedStart: data.plannedStart
            }
          ]
        : []
    )
  }
}
