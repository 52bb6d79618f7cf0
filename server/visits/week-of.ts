import { addDays, toMoment, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import {
  clashesIn,
  minutesOf,
  weeklyShare,
  type Fetched,
  type Unmet,
  type WeekAnswer,
  type WeekVisit
} from '#contract/week.ts'
import { access } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Grant, Placed } from '#server/store/across.ts'
import type { Device } from '#server/store/devices.ts'
import type { HoldingFacts } from '#server/store/holdings.ts'
import type { Store } from '#server/store/store.ts'
import { isServed, dayOf } from './planning.ts'

const mostUnmet = 40

/** Everything that a grid of workers and days shows, found by days and not by reading the register through. */
export async function readWeek(
  store: Store,
  user: SignedIn,
  from: Day,
  now: number
): Promise<WeekAnswer> {
  const until = addDays(from, 6)
  const found = (await store.across.visits({ from, until })).filter(({ data }) => !data.forkOf)
  const gaps = unmetBy(await store.across.grants({ from, until }), found, from)
  const named = [...found, ...gaps.slice(0, mostUnmet)].map(({ customership }) => customership)
  const open = await openTo(store, user, [...new Set(named)], now)
  const visits = found.filter(({ customership }) => open.has(customership))
  const unmet = gaps.slice(0, mostUnmet).filter(({ customership }) => open.has(customership))
  const profiles = await store.across.ofKind('profile', [...open])
  return {
    from,
    workers: await workersOf(store, visits),
    customerships: profiles.map(({ customership, data }) => ({
      id: customership,
      firstName: data.firstName.value
    })),
    visits: await drawVisits(store, visits),
    unmet,
    unmetCount: unmet.length === 0 ? 0 : gaps.length
  }
}

/** §12: the one decision, asked of each before anything of it is told. */
async function openTo(
  store: Store,
  user: SignedIn,
  ids: readonly CustomershipId[],
  now: number
): Promise<Set<CustomershipId>> {
  const at = { now, aheadDays: 0, where: 'office' } as const
  const facts = await store.register.list({ ids })
  return new Set(
    facts.filter((one) => access(user, { facts: one, assignments: [] }, at)).map(({ id }) => id)
  )
}

/** Those who may be sent, and whoever has a visit that week all the same. */
async function workersOf(
  store: Store,
  visits: readonly Placed<'visit'>[]
): Promise<WeekAnswer['workers']> {
  const busy = new Set(visits.map(({ data }) => data.worker))
  const tablets = Map.groupBy(await liveTablets(store), ({ user }) => user)
  const collator = new Intl.Collator('fi')
  return (await store.users.list())
    .filter(({ id, role, state }) => busy.has(id) || (role === 'worker' && state === 'active'))
    .map(({ id, displayName }) => ({
      id,
      name: displayName,
      tablets: tablets.get(id)?.length ?? 0
    }))
    .sort((one, other) => collator.compare(one.name, other.name))
}

const liveTablets = async (store: Store): Promise<Device[]> =>
  (await store.devices.list()).filter(
    ({ revokedAt, wipedAt }) => revokedAt === null && wipedAt === null
  )

async function drawVisits(store: Store, visits: readonly Placed<'visit'>[]): Promise<WeekVisit[]> {
  const customerships = [...new Set(visits.map(({ customership }) => customership))]
  const clashing = clashesIn(visits.map(({ data }) => data))
  const assignments = Map.groupBy(
    await store.across.assignments(customerships),
    ({ customership }) => customership
  )
  const tablets = Map.groupBy(await liveTablets(store), ({ user }) => user)
  const holdings = Map.groupBy(
    await store.holdings.among(customerships),
    ({ customership }) => customership
  )
  return visits.map(({ id, customership, revision, data }) => {
    const { worker, plannedStart, state } = data
    const { decision, product, plannedEnd, startedAt, endedAt, series, exception } = data
    const isOpen = state === 'planned' && plannedStart !== undefined
    const own = tablets.get(worker) ?? []
    return {
      id,
      customership,
      revision,
      decision,
      product,
      worker,
      state,
      ...(plannedStart ? { plannedStart } : {}),
      ...(plannedEnd ? { plannedEnd } : {}),
      ...(startedAt ? { startedAt } : {}),
      ...(endedAt ? { endedAt } : {}),
      ...(series ? { series } : {}),
      ...(exception ? { exception } : {}),
      isClash: clashing.has(data),
      isUnassigned:
        isOpen && !isServed(assignments.get(customership) ?? [], worker, dayOf({ plannedStart })),
      fetched: fetchedBy(own, holdings.get(customership) ?? [], revision)
    }
  })
}

/** A tablet has this version of a visit when it said that it holds that revision of the client, or a later one. */
function fetchedBy(
  tablets: readonly Device[],
  holdings: readonly HoldingFacts[],
  revision: number
): Fetched {
  return tablets.map(({ id, name }) => {
    const held = holdings.find(({ device }) => device === id)
    const at = held && (held.heldRevision ?? 0) >= revision ? held.heldAt : null
    return { name, at: at === null ? null : toMoment(at) }
  })
}

/** Decisions that promise the week more than is planned and held in it, the widest gap first. */
function unmetBy(grants: readonly Grant[], visits: readonly Placed<'visit'>[], from: Day): Unmet[] {
  const planned = new Map<string, number>()
  for (const { data } of visits)
    planned.set(data.decision, (planned.get(data.decision) ?? 0) + minutesOf(data))
  return grants
    .flatMap((grant) => {
      const { id, customership, product } = grant
      const grantedMinutes = weeklyShare(grant, from)
      const plannedMinutes = planned.get(id) ?? 0
      if (grantedMinutes === null || plannedMinutes >= grantedMinutes) return []
      return [{ customership, decision: id, product, grantedMinutes, plannedMinutes }]
    })
    .sort(
      (one, other) =>
        other.grantedMinutes - other.plannedMinutes - (one.grantedMinutes - one.plannedMinutes)
    )
}
