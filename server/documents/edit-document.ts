import type { DocumentEdit } from '#contract/document-request.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { documentAsSeen } from './document-as-seen.ts'
import { isUpsideDown } from './validity.ts'

/** Its title and how long it is valid; what is on its pages never changes. */
export async function editDocument(
  change: CustomershipChange,
  id: EntryId,
  { based, ...edit }: DocumentEdit,
  by: UserId
): Promise<Refusal | null> {
  const seen = await documentAsSeen(change, id, based)
  if ('code' in seen) return seen
  if (isUpsideDown(edit))
    return { code: 'invalid', issues: [{ path: ['validUntil'], code: 'order' }] }
  const { title: _title, validFrom: _from, validUntil: _until, ...kept } = seen.data
  await change.put('document', id, { ...kept, ...edit }, by)
  return null
}
