import { addDays, dayAt, toMoment } from '#contract/day.ts'
import type { EntryData } from '#contract/entry.ts'
import { entryIdSchema, userIdSchema, type UserId } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { User } from '#server/store/users.ts'
import { addCaseload, type Client } from './caseload.ts'

/** Words that occur nowhere else, one for each field of a client that reaches a tablet. */
export const canaryFields = [
  ...['firstName', 'lastName', 'street', 'town', 'email', 'allergies', 'health', 'needs', 'pets'],
  ...['access', 'contactName', 'contactEmail', 'contactStreet', 'contactTown', 'contactNote'],
  ...['goal', 'number', 'reason', 'signedByOther', 'draftByOther', 'suggestion', 'suggestionWord'],
  ...['title', 'paper', 'phone', 'contactPhone']
] as const

export type CanaryWords = Readonly<Record<string, string>>

/** The same fields in other words for each family. */
export function canaryWords(family: string): CanaryWords {
  const word = (field: string, index: number) => `Zyx${family}${field}-${index * 7919 + 104_729}ö`
  const words = canaryFields.map((field, index) => [field, word(field, index)] as const)
  const digits = [...family].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 89_999
  return {
    ...Object.fromEntries(words),
    email: `zyx.${family.toLowerCase()}.posti@kuvitteellinen.example`,
    contactEmail: `zyx.${family.toLowerCase()}.aiti@kuvitteellinen.example`,
    phone: `+35845990${digits + 10_000}`,
    contactPhone: `+35850770${digits + 10_000}`
  }
}

/** One client whose every field holds a word of its own. */
export async function addCanaryFamily(
  parts: Parts,
  username: string,
  words: CanaryWords
): Promise<Client> {
  const worker = await parts.store.users.findByUsername(username)
  const other = await colleague(parts)
  const [client] = await addCaseload(parts, username, [words['firstName'] ?? ''])
  if (!worker || !other || !client) throw new Error('nobody to write it')
  await write(parts, client, words, other.id)
  return client
}

/** Somebody else who writes of the same clients. */
export const colleagueName = 'Zyxkollega Kirjaajansukunimi 88453'

async function colleague({ store, clock }: Parts): Promise<User> {
  const username = 'zyxkollega'
  const known = await store.users.findByUsername(username)
  const sample = await store.users.findByUsername('sirpa')
  if (known) return known
  if (!sample) throw new Error('a household has people')
  const id = userIdSchema.parse(newUuidV7(clock.now()))
  const user = { ...sample, id, username, displayName: colleagueName }
  await store.users.add(user)
  return user
}

async function write(
  { store, clock }: Parts,
  client: Client,
  words: CanaryWords,
  by: UserId
): Promise<void> {
  const now = clock.now()
  const at = toMoment(now)
  const newEntry = () => entryIdSchema.parse(newUuidV7(now))
  const w = (field: string) => words[field] ?? ''
  const said = <T>(value: T) => ({ value, source: 'client' as const, by, at })
  const contact: EntryData<'contact'> = {
    name: w('contactName'),
    relation: 'guardian',
    phone: w('contactPhone'),
    email: w('contactEmail'),
    home: { street: w('contactStreet'), town: w('contactTown'), isProtected: false },
    note: w('contactNote'),
    noContact: false
  }
  const note = (field: string, state: 'draft' | 'signed'): EntryData<'note'> => ({
    visit: client.visit,
    template: 'visit',
    templateVersion: 1,
    fields: { done: w(field) },
    state,
    author: by,
    writtenAt: at,
    ...(state === 'signed' ? { signedAt: at } : {})
  })
  await store.register.transact((tx) =>
    tx.change(client.customership, async (change) => {
      const [profile] = await change.entries({ kinds: ['profile'] })
      const [decision] = await change.entries({ kinds: ['decision'] })
      if (profile?.kind !== 'profile' || decision?.kind !== 'decision')
        throw new Error('there is a client')
      const more: Record<string, unknown> = {}
      for (const field of ['lastName', 'street', 'town', 'email', 'phone'] as const)
        more[field] = said(w(field))
      for (const field of ['allergies', 'health', 'needs', 'pets', 'access'] as const)
        more[field] = said(w(field))
      const whole = { ...profile.data, ...more }
      await change.put('profile', profile.id, whole, by)
      const granted = { ...decision.data, goals: [w('goal')], number: w('number') }
      await change.put('decision', decision.id, granted, by)
      await change.put('contact', newEntry(), contact, by)
      await change.put('note', newEntry(), note('signedByOther', 'signed'), by)
      await change.put('note', newEntry(), note('draftByOther', 'draft'), by)
      await change.put(
        'suggestion',
        newEntry(),
        {
          ...{ field: 'needs', value: w('suggestion'), source: 'client', author: by },
          ...{ suggestedAt: at, state: 'declined', decidedBy: by, decidedAt: at },
          word: w('suggestionWord')
        },
        by
      )
      await change.put(
        'visit',
        newEntry(),
        {
          decision: decision.id,
          product: 'home-service',
          worker: by,
          plannedStart: toMoment(now + 86_400_000),
          plannedEnd: toMoment(now + 90_000_000),
          state: 'cancelled-in-time',
          reason: w('reason')
        },
        by
      )
    })
  )
}

/** From tomorrow on the worker has nothing to do with the client: the tablet must forget at its next contact. */
export async function endAssignment({ store, clock }: Parts, client: Client): Promise<void> {
  const yesterday = addDays(dayAt(clock.now()), -1)
  await store.register.transact((tx) =>
    tx.change(client.customership, async (change) => {
      for (const entry of await change.entries({ kinds: ['assignment'] }))
        if (entry.kind === 'assignment')
          await change.put('assignment', entry.id, { ...entry.data, until: yesterday }, entry.by)
    })
  )
}
