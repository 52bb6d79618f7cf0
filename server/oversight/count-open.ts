import { dayAt } from '#contract/day.ts'
import type { OpenMatter } from '#contract/self-check.ts'
import type { Pending } from '#contract/session.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'

/** Longer than a weekend's beginning: as Tilanne tells it. */
const silentMilliseconds = 2 * 86_400_000

/** What others count, of all customerships, whoever may open them. */
export type CountedElsewhere = Readonly<
  Record<
    'papers' | 'suggestions' | 'late-prints' | 'overdue-reviews',
    (now: number) => Promise<number>
  >
>

type Counts = Readonly<Record<OpenMatter, number>>

/** §12: what stands open, counted by plain columns; no client is opened for it. */
export async function countOpen(
  store: Store,
  now: number,
  pendingOf: (user: User) => readonly Pending[],
  elsewhere: CountedElsewhere
): Promise<Counts> {
  const users = (await store.users.list()).filter(({ state }) => state === 'active')
  const lack = (one: Pending) => users.filter((user) => pendingOf(user).includes(one)).length
  const dated = await store.register.list({ isDated: true })
  return {
    incidents: (await store.incidents.open()).length,
    requests: (await store.rights.list({ isOpen: true })).length,
    'untold-clients': await store.notices.untold(),
    'unread-notice': lack('notice'),
    unpledged: lack('secrecy-pledge'),
    untrained: lack('training'),
    'overdue-deletions': dated.filter(({ deleteBy }) => deleteBy !== null && deleteBy < dayAt(now))
      .length,
    holds: (await store.register.heldIds()).length,
    ...(await countTablets(store, now)),
    'awaiting-decision': await store.operations.heldCount(),
    papers: await elsewhere.papers(now),
    'late-prints': await elsewhere['late-prints'](now),
    'overdue-reviews': await elsewhere['overdue-reviews'](now),
    suggestions: await elsewhere.suggestions(now)
  }
}

async function countTablets(store: Store, now: number) {
  const held = await store.holdings.counts()
  const devices = (await store.devices.list()).filter(({ wipedAt }) => wipedAt === null)
  const missing = await Promise.all(devices.map(({ id }) => store.devices.missing(id)))
  const working = devices.filter(({ revokedAt }) => revokedAt === null)
  return {
    'unpersisted-tablets': working.filter(({ isPersisted }) => isPersisted === false).length,
    'missing-notes': missing.reduce((sum, { length }) => sum + length, 0),
    'waiting-tablets': devices.filter(({ outboxWaiting }) => outboxWaiting.length > 0).length,
    'silent-tablets': devices.filter(
      ({ id, lastContactAt }) =>
        (held.get(id) ?? 0) > 0 && (lastContactAt ?? 0) < now - silentMilliseconds
    ).length
  }
}
