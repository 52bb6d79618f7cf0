import type { Operation, OperationName } from '#contract/operation.ts'
import type { Deed, Settled, Terms } from '#server/access/deed.ts'
import { draftNote } from '#server/notes/draft-note.ts'
import { signNote } from '#server/notes/sign-note.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { recordVisit } from '#server/visits/record-visit.ts'

/** What each operation does. A new one in the contract does not compile until someone does it. */
const deeds = {
  'visit.record': recordVisit,
  'note.draft': draftNote,
  'note.sign': signNote
} as const satisfies { [Name in OperationName]: Deed<Name> }

export function perform(
  change: CustomershipChange,
  operation: Operation,
  terms: Terms
): Promise<Settled> {
  // Each key holds the deed of its own operation, which the compiler cannot follow through the index.
  const deed = deeds[operation.op] as (
    change: CustomershipChange,
    operation: Operation,
    terms: Terms
  ) => Promise<Settled>
  return deed(change, operation, terms)
}
