import type { DocumentPart } from '#contract/document.ts'
import type { Operation, OperationOf } from '#contract/operation.ts'
import { toBase64url } from '#lib/device/base64url.ts'

/**
 * The author's copy of a part of a page: all of it but the bytes, which lie in the page that they were
 * cut from. Put together again it is the same operation to the last letter.
 */
export interface Piece {
  readonly head: Omit<OperationOf<'document.part'>, 'body'> & {
    readonly body: Omit<DocumentPart, 'bytes'>
  }
  readonly from: number
  readonly to: number
}

export function pieceOperation(
  { head, from, to }: Piece,
  page: Uint8Array
): OperationOf<'document.part'> {
  return { ...head, body: { ...head.body, bytes: toBase64url(page.subarray(from, to)) } }
}

export function pieceOf(operation: Operation, from: number, to: number): Piece {
  if (operation.op !== 'document.part') throw new Error('only a part is a piece of a page')
  const { bytes: _there, ...body } = operation.body
  return { head: { ...operation, body }, from, to }
}

export function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && 'head' in value && 'from' in value
}
