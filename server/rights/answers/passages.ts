import type { Contact } from '#contract/contact.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import {
  isBlackened,
  type Passage,
  type PassageReview,
  type PassageSign
} from '#contract/passage.ts'
import { templateOf, type TemplateField } from '#contract/template.ts'
import { digestOf } from '#server/keys/digest.ts'
import { mapHeld, type HeldFacts, type HeldSource, type TextPlace } from './held.ts'
import { castOf, signsIn, type Cast } from './other-persons.ts'
import { sentencesOf } from './texts.ts'

/** A passage and where it stands. */
export interface FoundPassage extends Omit<Passage, 'title' | 'choice'> {
  readonly place: TextPlace
}

/** Nothing stands for nobody. */
const isSaid = (text: string): boolean => /\p{L}/u.test(text)

const idOf = ({ kind, of, path }: TextPlace, text: string): string =>
  digestOf([kind, of, path.join('.'), text.trim()].join('\n')).slice(0, 22)

const contactPlace = ({ id }: Entry<'contact'>): TextPlace => ({
  kind: 'contact',
  of: id,
  path: ['facts']
})
const pagesPlace = ({ id }: Entry<'document'>): TextPlace => ({
  kind: 'document',
  of: id,
  path: ['pages']
})

/** A contact's own facts, as one passage: who they are tells where they can be found. */
function factsOf({ name, phone, email, custody, home }: Contact): string {
  const lives = home?.isProtected ? [] : [home?.street, home?.postalCode, home?.town, home?.access]
  return [name, phone, email, custody, ...lives].filter(Boolean).join('\n')
}

const pagesText = ({ data }: Entry<'document'>): string =>
  [data.title ?? '', String(data.pages.length)].join('\n').trim()

/** Everything that a person may decide on, those first that somebody must. */
export function passagesOf({ held, people, organisation }: HeldSource): FoundPassage[] {
  const cast = castIn(held, people, organisation)
  const concerns = concernPlaces(held, organisation)
  const found = new Map<string, FoundPassage>()
  const add = (place: TextPlace, text: string, signs: readonly PassageSign[]) => {
    const id = idOf(place, text)
    found.set(id, { id, place, text: text.trim(), signs: [...signs] })
  }
  for (const contact of entriesOf(held.entries, 'contact'))
    add(
      contactPlace(contact),
      factsOf(contact.data),
      contact.data.name === clientName(held) ? [] : ['contact']
    )
  const others = new Set(
    held.requests.flatMap(({ codes }) => (codes.who === 'client' ? [] : [codes.id as string]))
  )
  const chosen = notePlaces(held, organisation, ({ form }) => form === 'choice')
  mapHeld(held, (text, place) => {
    const at = `${place.of}/${place.path.join('.')}`
    // What is chosen of a list is a code, and tells what the list says.
    if (chosen.has(at)) return text
    // What somebody else asked is about whoever asked, whatever the words are.
    const isOthers = place.kind === 'request' && others.has(place.of)
    const isConcern = concerns.has(at)
    for (const sentence of sentencesOf(text))
      if (isSaid(sentence))
        add(place, sentence, [
          ...(isOthers ? ['person' as const] : signsIn(sentence, cast)),
          ...(isChilds(place) ? ['child' as const] : []),
          ...(isConcern ? ['concern' as const] : [])
        ])
    return text
  })
  for (const document of entriesOf(held.entries, 'document'))
    if (!document.data.removed) add(pagesPlace(document), pagesText(document), ['pages'])
  return [...found.values()]
}

/** What a child said has a field of its own, in notes and in summaries. */
const isChilds = ({ kind, path }: TextPlace): boolean =>
  (kind === 'note' && path.join('.') === 'fields.child-view') ||
  (kind === 'summary' && path.join('.') === 'substance.childView')

/** Who is asked about is at times one to reach, too. */
function clientName({ entries }: HeldFacts): string {
  const [profile] = entriesOf(entries, 'profile')
  const { firstName, lastName } = profile?.data ?? {}
  return [firstName?.value, lastName?.value].filter(Boolean).join(' ')
}

function castIn(
  held: HeldFacts,
  people: HeldSource['people'],
  { organisers, products, controller }: HeldSource['organisation']
): Cast {
  const [profile] = entriesOf(held.entries, 'profile')
  const { town } = profile?.data ?? {}
  return castOf(
    entriesOf(held.entries, 'contact').map(({ data }) => data),
    {
      client: clientName(held),
      workers: [...people.values()],
      settings: [
        controller.name,
        town?.value ?? '',
        ...organisers.map(({ name }) => name),
        ...products.flatMap(({ title }) => [title.fi, title.sv, title.en])
      ]
    }
  )
}

/** The places of the fields of notes that their templates say to be such. */
function notePlaces(
  { entries }: HeldFacts,
  { templates }: HeldSource['organisation'],
  isSuch: (field: TemplateField, all: readonly TemplateField[]) => boolean
): Set<string> {
  return new Set(
    entriesOf(entries, 'note').flatMap(({ id, data }) => {
      const fields = templateOf(templates, data)?.fields ?? []
      return fields
        .filter((field) => isSuch(field, fields))
        .map((field) => `${id}/fields.${field.id}`)
    })
  )
}

/** What was written as a concern: fields that raise an alarm, or are asked only once one is raised. */
function concernPlaces(held: HeldFacts, organisation: HeldSource['organisation']): Set<string> {
  const isAlert = ({ alert }: TemplateField) => alert === true
  const ofNotes = notePlaces(
    held,
    organisation,
    (field, all) => isAlert(field) || all.some((one) => one.id === field.with && isAlert(one))
  )
  for (const { kind, id } of held.made)
    if (kind === 'summary') ofNotes.add(`${id}/substance.concerns`)
  return ofNotes
}

/** How many of them nobody has decided on yet. */
export const undecidedIn = (
  passages: readonly FoundPassage[],
  { choices }: PassageReview
): number => passages.filter(({ id, signs }) => signs.length > 0 && !(id in choices)).length

/** What may be read, and the documents whose pages may be seen. */
export interface Released {
  readonly held: HeldFacts
  readonly withPages: ReadonlySet<EntryId>
}

/** GDPR Art. 15(4): the same with `mark` for each passage that was decided to be blackened. */
export function blacken(held: HeldFacts, { choices }: PassageReview, mark: string): Released {
  const isAway = (place: TextPlace, text: string): boolean => {
    const choice = choices[idOf(place, text)]
    return choice !== undefined && isBlackened(choice.ground)
  }
  const said = mapHeld(held, (text, place) =>
    sentencesOf(text)
      .map((sentence) => {
        const [space = ''] = /\s*$/.exec(sentence) ?? []
        return isAway(place, sentence) ? `${mark}${space}` : sentence
      })
      .join('')
  )
  const entries = said.entries.map((entry, index) => {
    const whole = held.entries[index]
    if (entry.kind !== 'contact' || whole?.kind !== 'contact') return entry
    if (!isAway(contactPlace(whole), factsOf(whole.data))) return entry
    const { relation, note, noContact } = entry.data
    const left = { name: mark, relation, noContact, ...(note === undefined ? {} : { note }) }
    return { ...entry, data: left }
  })
  const withPages = entriesOf(held.entries, 'document')
    .filter((one) => !one.data.removed && !isAway(pagesPlace(one), pagesText(one)))
    .map(({ id }) => id)
  return { held: { ...said, entries }, withPages: new Set(withPages) }
}
