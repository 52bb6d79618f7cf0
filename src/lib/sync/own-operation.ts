import type { EntryId } from '#contract/id.ts'
import { parseLenient } from '#contract/lenient.ts'
import { operationSchema, type Operation } from '#contract/operation.ts'
import type { OutboxRow } from '#lib/device/database.ts'
import { fromBase64url, toBase64url } from '#lib/device/base64url.ts'

/** An own operation that the tablet can still read, beside what became of it. */
export interface OwnOperation {
  readonly operation: Operation
  readonly row: OutboxRow
}

/** The payload exactly as it was signed: sealed anew, it must be the same bytes. */
export interface Copy {
  readonly payload: string
}

export function payloadOf(operation: Operation): string {
  return toBase64url(new TextEncoder().encode(JSON.stringify(operation)))
}

export function isCopy(value: unknown): value is Copy {
  return (
    typeof value === 'object' &&
    value !== null &&
    'payload' in value &&
    typeof value.payload === 'string'
  )
}

/** Null for what an older version wrote and this one cannot read; it is delivered all the same. */
export function operationIn(copy: unknown): Operation | null {
  if (!isCopy(copy)) return null
  const json = new TextDecoder().decode(fromBase64url(copy.payload))
  const parsed = parseLenient(operationSchema, JSON.parse(json))
  return parsed.success ? parsed.data : null
}

/** The one entry that an operation goes on with; null for one that stands alone. */
export function entryOf({ body }: Pick<Operation, 'op' | 'body'>): EntryId | null {
  if ('note' in body) return body.note
  if ('document' in body) return body.document
  return 'visit' in body ? body.visit : null
}

/** What the held revision contains need not be laid over it, nor what the server threw away. */
export function isStillOwn({ row }: OwnOperation, heldRevision: number): boolean {
  const { receipt } = row
  if (!receipt) return true
  if (receipt.outcome === 'discarded') return false
  return receipt.outcome !== 'applied' || (receipt.revision ?? 0) > heldRevision
}

/** A signature that the office returned or declined signs nothing: its text can be written on. */
export function asItStands(own: OwnOperation): OwnOperation {
  const { operation, row } = own
  return operation.op === 'note.sign' && row.receipt?.outcome === 'refused'
    ? { ...own, operation: { ...operation, op: 'note.draft' } }
    : own
}

/** As they were written. */
export const inOrder = (own: readonly OwnOperation[]): OwnOperation[] =>
  [...own].sort((a, b) => a.row.seq - b.row.seq)
