import { isInOrder, type DocumentPage } from '#contract/document.ts'
import type { DocumentRequest } from '#contract/document-request.ts'
import type { Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Issue } from '#contract/problem.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { digestOfBytes } from '#server/keys/digest.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { isUpsideDown } from './validity.ts'

/** §12: what was scanned at the office. Its pages were brought before, and are what the request says they are. */
export async function recordDocument(
  change: CustomershipChange,
  { id, pages, original, ...facts }: DocumentRequest,
  by: UserId,
  at: Moment
): Promise<Refusal | null> {
  const known = await change.entry('document', id)
  // The same request again, because its answer was lost on the way.
  if (known) return known.data.addedBy === by && !known.data.removed ? null : { code: 'conflict' }
  if (isUpsideDown(facts)) return invalid({ path: ['validUntil'], code: 'order' })
  if (!isInOrder(pages)) return invalid({ path: ['pages'], code: 'order' })
  const issues = await missingPages(change, id, pages)
  if (issues.length > 0) return { code: 'invalid', issues }
  await change.pages.keepFirst(id, pages.length)
  const data = {
    ...facts,
    pages,
    addedBy: by,
    addedAt: at,
    original: [{ state: original, by, at }]
  }
  await change.put('document', id, data, by)
  return null
}

const invalid = (issue: Issue): Refusal => ({ code: 'invalid', issues: [issue] })

async function missingPages(
  change: CustomershipChange,
  document: DocumentRequest['id'],
  pages: readonly DocumentPage[]
): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const [index, { page, mediaType, sha256 }] of pages.entries()) {
    const stored = await change.pages.read(document, page)
    const isSame = stored?.mediaType === mediaType && digestOfBytes(stored.bytes) === sha256
    if (!isSame) issues.push({ path: ['pages', index], code: stored ? 'differs' : 'missing' })
  }
  return issues
}
