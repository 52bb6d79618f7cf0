import { entriesOf, type Entry } from '#contract/entry.ts'
import { inCallingOrder } from './calling-order.ts'

export interface Callee {
  readonly name: string
  readonly phone: string
}

/** Whom the card would have rung first: the client's own number, then who stands nearest; nobody whom none may ring. */
export function firstToCall(entries: readonly Entry[]): Callee | null {
  const [profile] = entriesOf(entries, 'profile')
  const own = profile?.data.phone?.value
  if (profile && own) return { name: profile.data.firstName.value, phone: own }
  const contacts = entriesOf(entries, 'contact').map(({ data }) => data)
  const first = inCallingOrder(contacts).find(({ phone, noContact }) => phone && !noContact)
  return first?.phone ? { name: first.name, phone: first.phone } : null
}
