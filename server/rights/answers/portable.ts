import { toMoment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import {
  portabilityFormat,
  portabilitySchema,
  type Portability,
  type PortableContact,
  type PortableDecision,
  type PortablePerson
} from '#contract/portability.ts'
import { profileFields, type Profile } from '#contract/profile.ts'
import { addressFields, hasProtectedAddress, isAddressField } from '#contract/protected-address.ts'
import type { AnswerFor } from '#contract/answer-file.ts'
import type { PackageLanguage } from '#contract/return-package.ts'
import { templateOf } from '#contract/template.ts'
import type { DocumentFiles } from '#server/disclosures/package-source.ts'
import { PackageWords } from '#server/disclosures/package-words.ts'
import type { HeldSource } from './held.ts'

interface Wish {
  readonly for: AnswerFor
  readonly language: PackageLanguage
  readonly madeAt: number
}

/**
 * The client's own file for another system. Another guardian's holds the person, what was agreed and the
 * visits alone: whom to reach, what was said and what was brought may concern others, and is read through
 * by nobody here (Art. 20(4)); the report is. It does not leave unless it is what its schema says. */
export function portableText(source: HeldSource, wish: Wish, files: DocumentFiles): string {
  const read = portabilitySchema.safeParse(portableOf(source, wish, files))
  // What does not fit is not repeated: it would be a client's own words.
  if (!read.success) throw new Error('a portability file does not fit its own schema')
  return `${JSON.stringify(read.data, null, 2)}\n`
}

function portableOf(source: HeldSource, wish: Wish, files: DocumentFiles): Portability {
  const { held, organisation } = source
  const { entries } = held
  const words = new PackageWords({ ...source, language: wish.language })
  const [profile] = entriesOf(entries, 'profile')
  if (!profile) throw new Error('a customership has a profile')
  const isOwn = wish.for === 'client'
  return {
    format: portabilityFormat,
    madeAt: toMoment(wish.madeAt),
    language: wish.language,
    provider: organisation.controller,
    ...personOf(profile.data, wish.for),
    contacts: isOwn ? entriesOf(entries, 'contact').flatMap(contactOf) : [],
    decisions: entriesOf(entries, 'decision').map((one) => decisionOf(one, words)),
    visits: entriesOf(entries, 'visit').flatMap(({ data }) => {
      const { product, plannedStart, plannedEnd, startedAt, endedAt, state, forkOf } = data
      const times = { plannedStart, plannedEnd, startedAt, endedAt }
      return forkOf ? [] : [{ product: words.product(product), ...times, state }]
    }),
    ownWords: isOwn
      ? entriesOf(entries, 'note').flatMap((note) => ownWordsOf(note, source, words))
      : [],
    corrections: entriesOf(entries, 'suggestion').flatMap(({ data }) => {
      const isTold =
        isOwn &&
        data.source === 'client' &&
        !(isAddressField(data.field) && hasProtectedAddress(profile.data))
      return isTold ? [{ at: data.suggestedAt, field: data.field, value: data.value }] : []
    }),
    documents: portableDocuments(entries, wish.for).map(({ id, data }) => {
      const { type, title, validFrom, validUntil } = data
      return { type, title, validFrom, validUntil, files: [...(files.get(id) ?? [])] }
    })
  }
}

/** What the client told, and the name by which anything can be told apart at all. */
function personOf(
  profile: Profile,
  asker: AnswerFor
): Pick<Portability, 'person' | 'protectedAddress'> {
  const told = profileFields.flatMap((field) => {
    const recorded = profile[field]
    const isNamed = field === 'firstName' || field === 'lastName'
    return recorded && (recorded.source === 'client' || isNamed) ? [[field, recorded.value]] : []
  })
  const person = Object.fromEntries(told) as PortablePerson
  if (!hasProtectedAddress(profile)) return { person }
  const address = Object.fromEntries(
    told.filter(([field]) => addressFields.some((one) => one === field))
  ) as NonNullable<Portability['protectedAddress']>
  const { street: _street, postalCode: _code, town: _town, access: _access, ...rest } = person
  return asker === 'client' && Object.keys(address).length > 0
    ? { person: rest, protectedAddress: address }
    : { person: rest }
}

/** GDPR Art. 20(4): whom to reach; not what is decided of them, nor who must not be let in. */
function contactOf({ data }: Entry<'contact'>): PortableContact[] {
  const { name, relation, phone, email, home, noContact } = data
  if (noContact) return []
  if (!home || home.isProtected) return [{ name, relation, phone, email }]
  const { isProtected: _, ...address } = home
  return [{ name, relation, phone, email, home: address }]
}

/** What was agreed as the service: without it nothing else of the file has its place. */
function decisionOf({ data }: Entry<'decision'>, words: PackageWords): PortableDecision {
  const { exception: _, organiser, product, ...agreed } = data
  return { organiser: words.organiser(organiser), product: words.product(product), ...agreed }
}

/** What the client said, as it was written down. What a child told may be told to nobody unread. */
const ownField = 'client-view'

function ownWordsOf(
  { data }: Entry<'note'>,
  { organisation }: HeldSource,
  words: PackageWords
): Portability['ownWords'] {
  if (data.state !== 'signed') return []
  const fields = templateOf(organisation.templates, data)?.fields ?? []
  const text = data.fields[ownField]
  const field = fields.find(({ id }) => id === ownField)
  const title = field ? words.title(field.title) : ownField
  return typeof text === 'string' && text.trim() !== ''
    ? [{ writtenAt: data.writtenAt, title, text }]
    : []
}

/** The papers that the client brought: a commitment to pay comes from who ordered the service. */
export function portableDocuments(
  entries: readonly Entry[],
  asker: AnswerFor
): Entry<'document'>[] {
  if (asker === 'guardian') return []
  return entriesOf(entries, 'document').filter(
    ({ data }) => !data.removed && data.type !== 'payment-commitment'
  )
}
