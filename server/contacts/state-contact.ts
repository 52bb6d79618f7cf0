import type { Contact, Home } from '#contract/contact.ts'
import { storedKinds } from '#contract/entry-kind.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

interface Stated {
  readonly based: number | null
  readonly data: Contact
  /** Who writes was not shown the protected home, which stays. */
  readonly addressUnseen?: true | undefined
}

const isSame = (one: Contact, other: Contact) => JSON.stringify(one) === JSON.stringify(other)

/** Somebody to reach, added or put right. The same again is the same: an answer may have been lost. */
export async function stateContact(
  change: CustomershipChange,
  id: EntryId,
  { based, data, addressUnseen }: Stated,
  by: UserId
): Promise<Refusal | null> {
  const former = await change.entry('contact', id)
  const home = addressUnseen ? former?.data.home : data.home
  if (addressUnseen && !isUnseen(former?.data.home, data.home)) return { code: 'conflict' }
  const stated = home ? { ...data, home } : data
  if (former && isSame(former.data, stated)) return null
  if ((former?.revision ?? null) !== based) return { code: 'conflict' }
  if (!former && (await isTaken(change, id))) return { code: 'conflict' }
  await change.put('contact', id, stated, by)
  return null
}

export async function removeContact(
  change: CustomershipChange,
  id: EntryId,
  based: number,
  by: UserId
): Promise<Refusal | null> {
  const former = await change.entry('contact', id)
  if (!former) return { code: 'not-found' }
  if (former.revision !== based) return { code: 'conflict' }
  await change.remove(id, by)
  return null
}

/** Nothing of what was not shown may be replaced, nor its protection be lifted. */
function isUnseen(former: Home | undefined, stated: Home | undefined): boolean {
  return (
    former?.isProtected === true && stated?.isProtected === true && Object.keys(stated).length === 1
  )
}

/** An entry keeps its kind. */
async function isTaken(change: CustomershipChange, id: EntryId): Promise<boolean> {
  for (const kind of storedKinds) if (await change.entry(kind, id)) return true
  return false
}
