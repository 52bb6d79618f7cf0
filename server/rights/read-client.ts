import type { RightsClient } from '#contract/rights-request.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'

const everything = 1_000_000

/** Whose data it is, and who answers for it. Addresses are no part of it, so none reaches another guardian's answer. */
export async function readClient(store: Store, reader: CustomershipReader): Promise<RightsClient> {
  const { state, endDay, deleteBy, restrictedOn, id } = reader.facts
  const [profile] = await reader.ofKind('profile')
  const decisions = (await reader.ofKind('decision')).map(({ data }) => data)
  const contacts = await reader.ofKind('contact')
  const ordered = decisions.filter(({ controller }) => controller === 'organiser')
  const { firstName, lastName, language } = profile?.data ?? {}
  return {
    name: [firstName?.value, lastName?.value].filter(Boolean).join(' '),
    ...{ state, endDay, deleteBy, restrictedOn },
    language: language?.value ?? null,
    organisers: [...new Set(ordered.map(({ organiser }) => organiser))].sort(),
    isProvider: ordered.length < decisions.length || decisions.length === 0,
    contacts: contacts.map((contact) => ({
      id: contact.id,
      name: contact.data.name,
      relation: contact.data.relation,
      custody: contact.data.custody ?? null
    })),
    recipients: await recipientsOf(store, id)
  }
}

/** What went to the client, or was an answer itself, makes nobody a recipient. */
async function recipientsOf(store: Store, customership: RightsClientId): Promise<string[]> {
  const lines = await store.disclosures.list({ customership }, everything)
  const given = lines.filter(
    ({ kind, recipient }) => kind !== 'rights-answer' && recipient !== 'client'
  )
  return [...new Set(given.map(({ recipient }) => recipient))].sort()
}

type RightsClientId = CustomershipReader['facts']['id']
