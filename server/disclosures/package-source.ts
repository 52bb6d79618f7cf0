import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import type { Organisation } from '#contract/settings.ts'
import {
  protectedEntries,
  withoutProposedAddress,
  withoutProtectedAddress
} from '#contract/protected-address.ts'
import type { PackageLanguage } from '#contract/return-package.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import type { Use } from '#server/store/usage-log.ts'

/** Everything of one customership that is handed over, but its pages: read once, in one snapshot. */
export interface PackageSource {
  readonly number: string
  readonly language: PackageLanguage
  readonly madeAt: number
  readonly madeBy: UserId
  readonly facts: CustomershipFacts
  /** Without what tells where somebody with a protected address lives. */
  readonly entries: readonly Entry[]
  /** Turvakielto: the entries that it was left out of, whole. */
  readonly protectedEntries: readonly Entry[]
  /** What was made of it for the organiser before. */
  readonly disclosed: readonly OfficeEntry[]
  readonly organisation: Organisation
  readonly people: ReadonlyMap<UserId, string>
  readonly uses: readonly Use[]
}

/** The files of the archive that are the pages of a document. */
export type DocumentFiles = ReadonlyMap<EntryId, readonly string[]>

export interface PackageWish {
  readonly id: CustomershipId
  readonly language: PackageLanguage
  readonly by: UserId
}

/** Null: the customership is not ending, or there is none. */
export async function readPackageSource(
  store: Store,
  { id, language, by }: PackageWish,
  { number, now }: { number: string; now: number }
): Promise<PackageSource | null> {
  const { organisation } = await requireOrganisation(store)
  const read = await store.register.read(id, async (reader) => ({
    facts: reader.facts,
    entries: await reader.entries(),
    disclosed: await reader.officeEntries()
  }))
  if (read?.facts.state !== 'ending' && read?.facts.state !== 'closed') return null
  const users = await store.users.list()
  return {
    number,
    language,
    madeAt: now,
    madeBy: by,
    facts: read.facts,
    entries: withoutProposedAddress(read.entries.map(withoutProtectedAddress)),
    protectedEntries: protectedEntries(read.entries),
    disclosed: read.disclosed,
    organisation,
    people: new Map(users.map((user) => [user.id, user.displayName])),
    uses: await store.usage.of(id)
  }
}

/** The documents that have pages, oldest first: one that was removed has none. */
export const documentsWithPages = ({ entries }: Pick<PackageSource, 'entries'>) =>
  entriesOf(entries, 'document')
    .filter(({ data }) => !data.removed)
    .sort((a, b) => (a.data.addedAt < b.data.addedAt ? -1 : 1))

/** A name that tells nothing: the names in an archive stand outside its seal. */
export const partName = (number: string, part: 'record' | 'archive'): string =>
  part === 'record' ? `${number}.pdf` : `${number}.zip`
