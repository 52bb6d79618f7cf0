import type { Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId } from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/**
 * A draft saved again and again beside another version leaves one fork, not one for each save. Tells which
 * one the words go on from.
 */
export async function dropContinuedFork(
  change: CustomershipChange,
  operation: Pick<Operation, 'after' | 'based' | 'author'>,
  note: EntryId
): Promise<Entry<'note'> | null> {
  if (!operation.after) return null
  const fork = await change.entry('note', entryMadeBy(operation.after))
  const isContinued =
    fork?.data.forkOf === note &&
    fork.data.state === 'draft' &&
    fork.data.author === operation.author &&
    fork.revision === operation.based
  if (!isContinued) return null
  await change.remove(fork.id, operation.author)
  return fork
}
