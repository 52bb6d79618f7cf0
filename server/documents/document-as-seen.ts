import type { Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/** The document as whoever changes it saw it; a refusal when it is gone or somebody came before. */
export async function documentAsSeen(
  change: CustomershipChange,
  id: EntryId,
  based: number
): Promise<Entry<'document'> | Refusal> {
  const entry = await change.entry('document', id)
  if (!entry || entry.data.removed) return { code: 'not-found' }
  return entry.revision === based ? entry : { code: 'conflict' }
}
