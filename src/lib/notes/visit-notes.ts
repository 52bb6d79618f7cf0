import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import type { Template } from '#contract/template.ts'

export interface VisitNotes {
  /** The one to go on with: an own draft before an own signed note. */
  readonly own: Entry<'note'> | null
  /** What a colleague wrote of the same visit, and forks that stand beside. */
  readonly others: readonly Entry<'note'>[]
}

export function notesOf(entries: readonly Entry[], visit: EntryId, user: UserId): VisitNotes {
  const notes = entriesOf(entries, 'note').filter(({ data }) => data.visit === visit)
  const mine = notes.filter(({ data }) => data.author === user && data.forkOf === undefined)
  const own = mine.find(({ data }) => data.state === 'draft') ?? mine[0] ?? null
  return { own, others: notes.filter((note) => note !== own) }
}

/** A new note follows the product's template; one that was begun stays with the version it began with, when that is still held. */
export function templateFor(
  organisation: OrganisationOnTablet,
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
