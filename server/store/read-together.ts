import type { EntryId } from '#contract/id.ts'
import type { StoredEntry } from '#contract/office-entry.ts'
import { CustomershipReader, type ReadRows } from './customership-reader.ts'
import {
  readAssignment,
  type AssignmentFilter,
  type OfKind,
  type SealedEntry
} from './entry-rows.ts'
import type { AssignmentFacts } from './customership-facts.ts'
import type { EntryTable } from './tables.ts'

/** The rows of one customership, read in one question: what `EntryRows` would be asked is found here. */
export class RowsTogether implements ReadRows {
  readonly #all: readonly EntryTable[]

  constructor(all: readonly EntryTable[]) {
    this.#all = all
  }

  readonly find = ({ id }: { id: EntryId }): Promise<EntryTable[]> =>
    Promise.resolve(this.#all.filter((row) => row.id === id))

  readonly after = ({ revision }: { revision: number }): Promise<SealedEntry[]> =>
    Promise.resolve(this.#all.filter((row) => row.revision > revision).sort(byRevision))

  readonly ofKind = ({ kind, fromDay, untilDay, since }: OfKind): Promise<SealedEntry[]> =>
    Promise.resolve(
      this.#all.filter((row) => {
        const day = row.day ?? ''
        const isAsked = row.kind === kind && row.removed === 0 && row.at >= since
        return isAsked && day >= fromDay && day <= untilDay
      })
    )

  assignments(filter: AssignmentFilter): Promise<AssignmentFacts[]> {
    if ('worker' in filter) throw new Error('of one customership nobody is asked for')
    const rows = this.#all.filter(({ kind, removed }) => kind === 'assignment' && removed === 0)
    return Promise.resolve(rows.sort(byFirstDay).flatMap(readAssignment))
  }
}

/** Opens each entry once, however many ask for it: what it answers is theirs together, and nobody may change it. */
export class ReaderTogether extends CustomershipReader {
  readonly #opened = new Map<SealedEntry, StoredEntry | null>()

  protected override open(row: SealedEntry): StoredEntry | null {
    const known = this.#opened.get(row)
    if (known !== undefined) return known
    const opened = super.open(row)
    this.#opened.set(row, opened)
    return opened
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const byRevision = (a: EntryTable, b: EntryTable): number =>
  a.revision - b.revision || order(a.id, b.id)

const byFirstDay = (a: EntryTable, b: EntryTable): number =>
  order(a.fromDay ?? '', b.fromDay ?? '') || order(a.id, b.id)
