import { dayAt } from '#contract/day.ts'
import type { Situation } from '#contract/office.ts'
import { lastDayOf } from '#contract/print.ts'
import { readNames } from '#server/store/current-names.ts'
import type { Store } from '#server/store/store.ts'

/** §12: prints that should be destroyed by now, counted by who printed them; the longest overdue first. */
export async function readLatePrints(store: Store, now: number): Promise<Situation['prints']> {
  const today = dayAt(now)
  const late = (await store.prints.open())
    .map(({ user, day, at }) => ({ user, destroyBy: lastDayOf({ day, at }) }))
    .filter(({ destroyBy }) => destroyBy < today)
    .sort((a, b) => a.destroyBy.localeCompare(b.destroyBy))
  if (late.length === 0) return []
  const names = await readNames(store)
  return [...Map.groupBy(late, ({ user }) => user)].map(([user, own]) => ({
    user,
    userName: names.user(user),
    count: own.length,
    since: own[0]?.destroyBy ?? today
  }))
}
