import type { ClosingRecord } from '#contract/closing.ts'
import { toMoment, type Day } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { isOfficeKind, type EntryKind, type StoredKind } from '#contract/entry-kind.ts'
import type { EntryId } from '#contract/id.ts'
import type { OfficeEntry, StoredEntry } from '#contract/office-entry.ts'
import { macOf, openText, type DataKey } from '#server/keys/data-key.ts'
import type { Answers } from './answers.ts'
import type { ClosingRecordRow } from './closing-record.ts'
import type { DocumentPages } from './document-pages.ts'
import { entryAad, type EntryRows, type SealedEntry } from './entry-rows.ts'
import type { Packages } from './packages.ts'
import type { RightsWorks } from './rights-works.ts'
import type { AssignmentFacts, CustomershipFacts } from './customership-facts.ts'

export interface RemovedEntry {
  readonly id: EntryId
  readonly revision: number
  readonly removed: true
}

/** What lies of a customership beside its entries. */
export interface BesideEntries {
  readonly pages: DocumentPages
  readonly packages: Packages
  readonly answers: Answers
  readonly record: ClosingRecordRow
  readonly rights: RightsWorks
}

/** What is asked of the rows of one customership when it is read. */
export type ReadRows = Pick<EntryRows, 'find' | 'after' | 'ofKind' | 'assignments'>

/** The entries of one customership, opened. It lives inside one snapshot and not longer. */
export class CustomershipReader {
  readonly facts: CustomershipFacts
  readonly pages: DocumentPages
  readonly packages: Packages
  readonly answers: Answers
  readonly rights: RightsWorks
  protected readonly record: ClosingRecordRow
  protected readonly rows: ReadRows
  protected readonly key: DataKey

  constructor(rows: ReadRows, facts: CustomershipFacts, key: DataKey, beside: BesideEntries) {
    this.rows = rows
    this.facts = facts
    this.key = key
    this.pages = beside.pages
    this.packages = beside.packages
    this.answers = beside.answers
    this.record = beside.record
    this.rights = beside.rights
  }

  /** What the office has written down of its ending. */
  closingRecord(): Promise<ClosingRecord> {
    return this.record.read()
  }

  async entry<K extends StoredKind>(kind: K, id: EntryId): Promise<StoredEntry<K> | null> {
    const [row] = await this.rows.find({ customership: this.facts.id, id })
    if (row?.kind !== kind) return null
    return this.open(row) as StoredEntry<K> | null
  }

  /** Whether it is there, without opening it. */
  async has(kind: StoredKind, id: EntryId): Promise<boolean> {
    const [row] = await this.rows.find({ customership: this.facts.id, id })
    return row?.kind === kind && row.sealed !== null
  }

  /** Whether an entry of any kind has or had this id: no other may begin by it. */
  async isNamed(id: EntryId): Promise<boolean> {
    return (await this.rows.find({ customership: this.facts.id, id })).length > 0
  }

  /**
   * By revision. With `since`, what is newer than it, removed ones included. §10: what the office makes to
   * send away is not among them, whoever asks: a tablet is sent what this answers.
   */
  entries(options?: { kinds?: readonly EntryKind[] }): Promise<Entry[]>
  entries(options: {
    kinds?: readonly EntryKind[]
    since: number
  }): Promise<(Entry | RemovedEntry)[]>
  async entries(
    options: { kinds?: readonly EntryKind[]; since?: number } = {}
  ): Promise<(Entry | RemovedEntry)[]> {
    const { kinds, since } = options
    if (kinds && since === undefined) return this.#ofKinds(kinds)
    const rows = await this.rows.after({ customership: this.facts.id, revision: since ?? 0 })
    const entries: (Entry | RemovedEntry)[] = []
    for (const row of rows) {
      if (isOfficeKind(row.kind) || (kinds && !kinds.includes(row.kind))) continue
      const entry = this.open(row)
      if (entry) entries.push(entry as Entry)
      else if (since !== undefined)
        entries.push({ id: row.id, revision: row.revision, removed: true })
    }
    return entries
  }

  /** What the office made to send away, by revision. */
  async officeEntries(o: { since?: number } = {}): Promise<OfficeEntry[]> {
    const { since: revision = 0 } = o
    const rows = await this.rows.after({ customership: this.facts.id, revision })
    return rows.flatMap((row) =>
      isOfficeKind(row.kind) ? ((this.open(row) as OfficeEntry | null) ?? []) : []
    )
  }

  /** One kind alone, by revision; of a span of days, or written since, where only those are needed. */
  async ofKind<K extends StoredKind>(
    kind: K,
    o: { readonly fromDay?: Day; readonly untilDay?: Day; readonly since?: number } = {}
  ): Promise<StoredEntry<K>[]> {
    const { fromDay = '', untilDay = '9', since = 0 } = o
    const customership = this.facts.id
    const rows = await this.rows.ofKind({ customership, kind, fromDay, untilDay, since })
    // Put in order here: asked for in SQL, the order would be read from an index of every kind.
    rows.sort(byRevision)
    return rows.flatMap((row) => (this.open(row) as StoredEntry<K> | null) ?? [])
  }

  async #ofKinds(kinds: readonly EntryKind[]): Promise<Entry[]> {
    const entries: Entry[] = []
    for (const kind of kinds) entries.push(...(await this.ofKind(kind)))
    return entries.sort(byRevision)
  }

  assignments(): Promise<AssignmentFacts[]> {
    return this.rows.assignments({ customership: this.facts.id })
  }

  /** Null: it was removed. */
  protected open(row: SealedEntry): StoredEntry | null {
    return openEntry(this.key, row)
  }

  mac(text: string): Buffer {
    return macOf(this.key, text)
  }
}

interface Revised {
  readonly id: EntryId
  readonly revision: number
}

const byRevision = (a: Revised, b: Revised): number =>
  a.revision - b.revision || (a.id < b.id ? -1 : 1)

/** What opens was written by this server: the seal says so, and names the shape's version. */
export function openEntry(key: DataKey, row: SealedEntry): StoredEntry | null {
  if (row.sealed === null) return null
  const { id, kind, revision, by } = row
  const data: unknown = JSON.parse(openText(key, entryAad(row), row.sealed))
  return { id, kind, revision, at: toMoment(row.at), by, data } as StoredEntry
}
