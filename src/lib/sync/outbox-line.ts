import { toMoment, type Moment } from '#contract/day.ts'
import type { CustomershipId, EntryId, OperationId } from '#contract/id.ts'
import { operationNames, type OperationName } from '#contract/operation.ts'
import type { OutboxRow } from '#lib/device/database.ts'

/** One thing that was written here, as the outbox shows it. */
export interface OutboxLine {
  readonly id: OperationId
  readonly seq: number
  readonly op: OperationName | 'unreadable'
  readonly customership: CustomershipId
  /** The note or the visit that it is about. */
  readonly entry: EntryId | null
  readonly at: Moment
  readonly state: 'draft' | 'waiting' | 'delivered' | 'awaiting-decision' | 'needs-attention'
  readonly deliveredAt?: Moment
  /** Of a document: how much of it has been handed over. */
  readonly parts?: { readonly done: number; readonly total: number }
  readonly code?: string
  readonly firstName?: string
  /** Why the office returned or declined it. */
  readonly reason?: string
  /** It was damaged, and so was its author's copy: nobody can open it, and it must be written again. */
  readonly isLost?: true
}

/** The name under which the reason of an operation is sealed. */
export const reasonItem = (id: OperationId): string => `reason/${id}`

/** What is sealed of it under the vault's own key, to be told after its copy is gone. */
export interface LineWords {
  readonly op: OutboxLine['op']
  readonly at: Moment
  readonly entry: EntryId | null
  /** How many parts of a document stand before it. */
  readonly parts?: number
}

export function isLineWords(value: unknown): value is LineWords {
  return (
    typeof value === 'object' &&
    value !== null &&
    'op' in value &&
    operationNames.some((name) => name === value.op) &&
    'at' in value &&
    typeof value.at === 'string' &&
    'entry' in value &&
    (typeof value.entry === 'string' || value.entry === null)
  )
}

/** Whatever was damaged on this disk: what waits, or was refused, is shown all the same. */
export const unreadLine = ({ writtenAt }: OutboxRow): LineWords => ({
  op: 'unreadable',
  at: toMoment(writtenAt),
  entry: null
})

export function outboxLine(
  row: OutboxRow,
  words: LineWords,
  firstName: string | undefined,
  waiting: ReadonlySet<number>,
  reason: unknown,
  isReadable: boolean
): OutboxLine {
  const code = row.receipt?.code ?? row.trouble
  return {
    id: row.id,
    seq: row.seq,
    op: words.op,
    customership: row.customership,
    entry: words.entry,
    at: words.at,
    state: stateOf(row, words.op),
    ...(row.receipt ? { deliveredAt: row.receipt.at } : {}),
    ...(code === undefined ? {} : { code }),
    ...(firstName ? { firstName } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(row.receipt?.code === 'cannot-open' && !isReadable ? { isLost: true } : {}),
    ...(words.parts ? { parts: partsOf(row.seq, words.parts, waiting) } : {})
  }
}

/** Numbered one after another just before the document itself. */
function partsOf(seq: number, total: number, waiting: ReadonlySet<number>) {
  const numbers = Array.from({ length: total }, (_, index) => seq - total + index)
  return { done: numbers.filter((number) => !waiting.has(number)).length, total }
}

/** "Delivered" needs a stored receipt. What was discarded went with its customership, as it must. */
function stateOf({ receipt, seen }: OutboxRow, op: LineWords['op']): OutboxLine['state'] {
  if (!receipt) return op === 'note.draft' ? 'draft' : 'waiting'
  if (receipt.outcome === 'awaiting-decision') return 'awaiting-decision'
  return receipt.outcome === 'refused' && !seen ? 'needs-attention' : 'delivered'
}
