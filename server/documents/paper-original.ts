import type { Moment } from '#contract/day.ts'
import type { OriginalRequest } from '#contract/document-request.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { documentAsSeen } from './document-as-seen.ts'

/** §12: where the paper is now. What was written of it before stays. */
export async function movePaper(
  change: CustomershipChange,
  id: EntryId,
  { based, ...moved }: OriginalRequest,
  by: UserId,
  at: Moment
): Promise<Refusal | null> {
  const seen = await documentAsSeen(change, id, based)
  if ('code' in seen) return seen
  const { original } = seen.data
  // A paper that never was, or is no more, cannot be moved.
  const last = original.at(-1)?.state
  if (last === 'none' || last === 'destroyed') return { code: 'conflict' }
  await change.put(
    'document',
    id,
    { ...seen.data, original: [...original, { ...moved, by, at }] },
    by
  )
  return null
}
