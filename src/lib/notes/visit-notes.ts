import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { byStanding } from '#contract/note-order.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import type { Template } from '#contract/template.ts'

export interface VisitNotes {
  /** A signed note stands; else it is the draft to go on with. */
  readonly own: Entry<'note'> | null
  /** Own drafts beside it: the other version of a draft, or what is to amend a signed note. */
  readonly beside: readonly Entry<'note'>[]
  /** What a colleague wrote of the same visit, and what stands beside without being open. */
  readonly others: readonly Entry<'note'>[]
}

export function notesOf(entries: readonly Entry[], visit: EntryId, user: UserId): VisitNotes {
  const notes = entriesOf(entries, 'note').filter(
    ({ data }) => data.visit === visit && data.mergedInto === undefined
  )
  const ids = new Set(notes.map(({ id }) => id))
  const alone = notes.filter(({ data }) => !data.amends || !ids.has(data.amends))
  const [own = null, ...mine] = alone
    .filter(({ data }) => data.author === user && !data.amends)
    .sort(byStanding)
  const beside = mine.filter(({ data }) => data.state === 'draft')
  return { own, beside, others: alone.filter((note) => note !== own && !beside.includes(note)) }
}

/** A new note follows the product's template; one that was begun stays with the version it began with, when that is still held. */
export function templateFor(
  organisation: Pick<OrganisationOnTablet, 'products' | 'templates'>,
  product: string,
  own: Entry<'note'> | null
): Template | null {
  const id =
    own?.data.template ?? organisation.products.find((each) => each.id === product)?.template
  const versions = organisation.templates
    .filter((template) => template.id === id)
    .sort((one, other) => other.version - one.version)
  return (
    versions.find(({ version }) => version === own?.data.templateVersion) ?? versions[0] ?? null
  )
}
