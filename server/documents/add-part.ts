import { documentLimits } from '#contract/document.ts'
import type { DeedBeside } from '#server/access/deed.ts'
import { digestOfBytes } from '#server/keys/digest.ts'

/** A piece of a page. It changes nothing that anybody sees: the document comes when it is whole. */
export const addPart: DeedBeside<'document.part'> = async (tx, operation) => {
  const { bytes: text, sha256, ...name } = operation.body
  const pages = await tx.pages(operation.customership)
  if (!pages) {
    const isRestricted = await tx.isRestricted(operation.customership)
    return {
      outcome: 'awaiting-decision',
      code: isRestricted ? 'restricted' : 'customership-closed'
    }
  }
  const bytes = Buffer.from(text, 'base64url')
  const isPiece = bytes.length > 0 && bytes.length <= documentLimits.partBytes
  const isWhole = name.part <= name.parts && isPiece && digestOfBytes(bytes) === sha256
  if (!isWhole || !(await pages.putPart({ ...name, by: operation.author }, bytes)))
    return { outcome: 'awaiting-decision', code: 'invalid' }
  return { outcome: 'applied', revision: null }
}
