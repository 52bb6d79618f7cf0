import type { CustomershipId } from '#contract/id.ts'
import type { Store } from './store.ts'

/** Removes every row of the customership in every file, along the deletion map. Repeatable. */
export async function eraseRows(_store: Store, _id: CustomershipId): Promise<void> {
  await Promise.resolve()
}

/** Empties the write-ahead logs; waits for readers. */
export async function truncateLog(_store: Store): Promise<void> {
  await Promise.resolve()
}

/** What is left, place by place along the deletion map. All must be 0. */
export async function remainsOf(
  _store: Store,
  _id: CustomershipId
): Promise<{ what: string; left: number }[]> {
  await Promise.resolve()
  return []
}
