import type { Operation, OperationName } from '#contract/operation.ts'
import type { Deed, DeedBeside, Settled, Terms } from '#server/access/deed.ts'
import { addDocument } from '#server/documents/add-document.ts'
import { addPart } from '#server/documents/add-part.ts'
import { amendNote } from '#server/notes/amend-note.ts'
import { draftNote } from '#server/notes/draft-note.ts'
import { mergeDrafts } from '#server/notes/merge-drafts.ts'
import { signNote } from '#server/notes/sign-note.ts'
import { suggest } from '#server/profiles/suggest.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { reportUsage } from '#server/users/report-usage.ts'
import { recordVisit } from '#server/visits/record-visit.ts'

/** What each operation does. A new one in the contract does not compile until someone does it. */
const deeds = {
  'visit.record': recordVisit,
  'note.draft': draftNote,
  'note.sign': signNote,
  'note.merge': mergeDrafts,
  'note.amend': amendNote,
  'profile.suggest': suggest,
  'document.add': addDocument
} as const satisfies { [Name in Exclude<OperationName, BesideName>]: Deed<Name> }

/** What these bring is kept beside the entries: nobody's tablet has anything new to fetch. */
const besides = {
  'usage.report': reportUsage,
  'document.part': addPart
} as const satisfies Partial<{ [Name in OperationName]: DeedBeside<Name> }>
type BesideName = keyof typeof besides

const isBeside = (name: OperationName): name is BesideName => name in besides

/** Does it, under a new revision where entries change. Null: the customership takes no changes any more. */
export async function perform(
  tx: RegisterTransaction,
  operation: Operation,
  terms: Terms
): Promise<Settled | null> {
  if (isBeside(operation.op)) {
    const deed = besides[operation.op] as (
      tx: RegisterTransaction,
      operation: Operation,
      terms: Terms
    ) => Promise<Settled>
    return deed(tx, operation, terms)
  }
  const changed = await tx.change(
    operation.customership,
    (change) => performOn(change, operation, terms),
    { alsoClosed: terms.alsoClosed === true }
  )
  if ('restrictedOn' in changed) return { outcome: 'awaiting-decision', code: 'restricted' }
  return 'value' in changed ? changed.value : null
}

function performOn(
  change: CustomershipChange,
  operation: Operation,
  terms: Terms
): Promise<Settled> {
  // Each key holds the deed of its own operation, which the compiler cannot follow through the index.
  const deed = deeds[operation.op as keyof typeof deeds] as (
    change: CustomershipChange,
    operation: Operation,
    terms: Terms
  ) => Promise<Settled>
  return deed(change, operation, terms)
}
