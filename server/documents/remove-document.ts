import type { Moment } from '#contract/day.ts'
import type { DocumentRemoval } from '#contract/document-request.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { documentAsSeen } from './document-as-seen.ts'

/** Added by mistake: the pages go at once, and who removed it and why stays for the office to see. */
export async function removeDocument(
  change: CustomershipChange,
  id: EntryId,
  { based, reason }: DocumentRemoval,
  by: UserId,
  at: Moment
): Promise<Refusal | null> {
  const seen = await documentAsSeen(change, id, based)
  if ('code' in seen) return seen
  await change.pages.remove(id)
  await change.put('document', id, { ...seen.data, removed: { by, at, reason } }, by)
  return null
}
