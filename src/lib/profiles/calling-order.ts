import type { Contact } from '#contract/contact.ts'

const relations: readonly Contact['relation'][] = [
  'guardian',
  'family',
  'authority',
  'other',
  'child'
]

/** Whom one would ring first stands first; then those without a number, and last whom nobody may ring. */
export function inCallingOrder(contacts: readonly Contact[]): Contact[] {
  const rank = (contact: Contact) =>
    (contact.noContact ? 20 : contact.phone === undefined ? 10 : 0) +
    relations.indexOf(contact.relation)
  return [...contacts].sort((one, other) => rank(one) - rank(other))
}
