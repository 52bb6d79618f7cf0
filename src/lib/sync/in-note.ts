import type { EntryId, OperationId } from '#contract/id.ts'
import type { OwnOperation } from './own-operation.ts'

/**
 * Tells what an author wrote into a note from what lies beside it. Two tabs wrote before either saw the other's
 * words: the one that does not go on from the last in the note is laid beside it, here as at the server.
 */
export class InNote {
  /** From which the next may go on: the last in the note, and what was turned down since. */
  readonly #ends = new Map<EntryId, Set<OperationId>>()

  /** Whether the next one, in the order in which they were written, lies beside its note. */
  liesBeside({ operation, row: { receipt } }: OwnOperation): boolean {
    const isMerge = operation.op === 'note.merge'
    if (!isMerge && operation.op !== 'note.draft' && operation.op !== 'note.sign') return false
    const ends = this.#ends.get(operation.body.note)
    if (isMerge && receipt?.code === 'forked') return true
    if (ends && !(operation.after && ends.has(operation.after))) return true
    if (receipt?.outcome === 'refused') ends?.add(operation.id)
    else this.#ends.set(operation.body.note, new Set([operation.id]))
    return false
  }
}
