import type { Assignment } from '#contract/assignment.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { User } from '#server/store/users.ts'

/** §12: who serves this customership, and how long. The same id again changes or ends the assignment. */
export async function assign(
  change: CustomershipChange,
  { id, data }: { id: EntryId; data: Assignment },
  by: UserId,
  worker: User | null
): Promise<Refusal | null> {
  if (!worker || worker.state === 'closed')
    return { code: 'invalid', issues: [{ path: ['data', 'worker'], code: 'unknown' }] }
  const former = await change.entry('assignment', id)
  if (former && former.data.worker !== data.worker) return { code: 'conflict' }
  await change.put('assignment', id, data, by)
  return null
}
