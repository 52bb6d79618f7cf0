import type { Store } from '#server/store/store.ts'
import type { Clock } from '#server/clock.ts'
import type { Use } from '#server/store/usage-log.ts'

/** A page at the office reads itself again whenever something changes: within this time it is still one look. */
const lookMilliseconds = 15 * 60_000

/** A search is asked letter by letter; the letters of a minute are one search. */
const typingMilliseconds = 60_000

/** Every use of a client's data leaves one line: who, which customership by its random id, for what. */
export async function recordUse(
  store: Store,
  clock: Clock,
  ...uses: readonly Omit<Use, 'at' | 'device'>[]
): Promise<void> {
  const at = clock.now()
  const lines = uses.map((use) => ({ device: null, ...use, at }))
  const isNew = await Promise.all(lines.map(async (line) => !(await isSameLook(store, line))))
  await store.usage.append(lines.filter((_, index) => isNew[index]))
}

/** Words that are saved at every pause are one use, for as long as somebody sits over them. */
export async function recordSitting(
  store: Store,
  clock: Clock,
  use: Omit<Use, 'at' | 'device'>
): Promise<void> {
  const since = clock.now() - lookMilliseconds
  if (!(await store.usage.hasSince({ device: null, ...use }, since)))
    await recordUse(store, clock, use)
}

const lookOf: Partial<Record<Use['kind'], number>> = {
  open: lookMilliseconds,
  list: lookMilliseconds,
  search: typingMilliseconds
}

/** What is written or taken out is a use each time; only looking again, for the same purpose, is not. */
async function isSameLook(store: Store, use: Use): Promise<boolean> {
  const look = lookOf[use.kind]
  return look !== undefined && store.usage.hasSince(use, use.at - look)
}
