import type { CustomershipOpening } from '#contract/customership.ts'
import type { UserId } from '#contract/id.ts'
import type { Profile } from '#contract/profile.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'

/** §6: a customership begins with a decision of its organiser, and with what is known of the client. */
export async function openCustomership(
  tx: RegisterTransaction,
  { id, contacts, decision }: CustomershipOpening,
  profile: { id: CustomershipOpening['profile']['id']; data: Profile },
  by: UserId
): Promise<number> {
  const change = await tx.create(id, decision.data.from)
  await change.put('profile', profile.id, profile.data, by)
  for (const contact of contacts) await change.put('contact', contact.id, contact.data, by)
  await change.put('decision', decision.id, decision.data, by)
  return change.revision
}
