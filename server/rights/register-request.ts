import { rightsRequestIdSchema } from '#contract/id.ts'
import { emptyWork, type RightsClient, type RightsRegistration } from '#contract/rights-request.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { Store } from '#server/store/store.ts'
import { refused, type Acting } from './one-request.ts'

/**
 * §13: a request is written down on the day that it is told here, whoever asked. Of somebody who is no client
 * there are codes and a number, and not a word.
 */
export async function registerRequest(
  store: Store,
  tx: RegisterTransaction,
  registration: RightsRegistration,
  client: RightsClient | null,
  { by, now, today }: Acting
): Promise<Refusal | null> {
  const { words, ...codes } = registration
  if (codes.receivedOn > today) return refused('receivedOn', 'future')
  if ((words === null) !== (client === null)) return refused('words', 'not-expected')
  const standing = client && words ? standingRefusal(registration, client) : null
  if (standing) return standing
  const year = today.slice(0, 4)
  const running = await store.nextNumber(`rights/${year}`)
  const number = `P-${year}-${String(running).padStart(4, '0')}`
  await store.rights.add({ ...codes, number, registeredAt: now, registeredBy: by })
  if (codes.customership === null || words === null) return null
  const works = await tx.rights(codes.customership)
  if (!works) return { code: 'not-found' }
  await works.write(rightsRequestIdSchema.parse(codes.id), { ...emptyWork, ...words })
  return null
}

/**
 * Whoever is neither the client nor a guardian who decides for them says by what they may speak: nobody is
 * taken for one silently.
 */
export function standingRefusal(
  { who, words }: Pick<RightsRegistration, 'who' | 'words'>,
  { contacts }: Pick<RightsClient, 'contacts'>
): Refusal | null {
  if (who === 'client' || !words) return null
  const contact = contacts.find(({ id }) => id === words.contact)
  if (words.contact && !contact) return refused('contact', 'unknown')
  if (!contact && !words.name) return refused('name', 'missing')
  const decides =
    who === 'guardian' &&
    contact?.relation === 'guardian' &&
    (contact.custody === 'sole' || contact.custody === 'joint')
  return decides || words.standing ? null : refused('standing', 'missing')
}
