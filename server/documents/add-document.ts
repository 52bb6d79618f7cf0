import { toMoment } from '#contract/day.ts'
import {
  documentLimits,
  isInOrder,
  type DocumentAdd,
  type DocumentPage
} from '#contract/document.ts'
import type { UserId } from '#contract/id.ts'
import { claimedAt } from '#contract/operation.ts'
import type { Deed } from '#server/access/deed.ts'
import { digestOfBytes } from '#server/keys/digest.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { readPicture } from '#server/pictures/picture.ts'

/**
 * §12: the scanned paper. Its pages are assembled, checked and sealed, and only then is there a
 * document; while a part is still to come, it waits for that.
 */
export const addDocument: Deed<'document.add'> = async (change, operation, { now }) => {
  const { document, original, pages: named, ...facts } = operation.body
  const { author } = operation
  if (!isInOrder(named) || (await change.entry('document', document))) return invalid
  const bytes = await bytesOf(change, operation.body, author)
  if (bytes === null) return { outcome: 'awaiting-decision', code: 'waits-for' }
  if (bytes.some((each) => each > documentLimits.pageBytes)) return invalid

  const pages: DocumentPage[] = []
  for (const page of named) {
    const stored = await storePage(change, operation.body, page, author)
    if (!stored) return invalid
    pages.push(stored)
  }
  await change.pages.removeParts(document)
  const at = toMoment(Math.min(claimedAt(operation), now))
  const first = { state: original, by: author, at }
  const data = { ...facts, pages, addedBy: author, addedAt: at, original: [first] }
  await change.put('document', document, data, author)
  return { outcome: 'applied', revision: change.revision }
}

const invalid = { outcome: 'awaiting-decision', code: 'invalid' } as const

async function bytesOf(
  { pages }: CustomershipChange,
  { document, pages: named }: DocumentAdd,
  by: UserId
): Promise<number[] | null> {
  const lengths: number[] = []
  for (const { page } of named) {
    const length = await pages.assembledBytes(document, page, by)
    if (length === null) return null
    lengths.push(length)
  }
  return lengths
}

/** The entry names what is stored, which may be less than what was sent: a picture is cleaned of all but its pixels. */
async function storePage(
  { pages }: CustomershipChange,
  { document }: DocumentAdd,
  { page, sha256, mediaType }: DocumentPage,
  by: UserId
): Promise<DocumentPage | null> {
  const sent = await pages.assemble(document, page)
  if (digestOfBytes(sent) !== sha256) return null
  const picture = readPicture(sent)
  if (typeof picture === 'string' || picture.mediaType !== mediaType) return null
  if (!(await pages.put({ document, page, mediaType, by }, picture.bytes))) return null
  return { page, mediaType, sha256: digestOfBytes(picture.bytes) }
}
