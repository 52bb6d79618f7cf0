import type { ClosingRecord } from '#contract/closing.ts'
import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { EndReason } from '#contract/ending.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { StoredData } from '#contract/office-entry.ts'
import { sealText, type DataKey } from '#server/keys/data-key.ts'
import { CustomershipReader, type BesideEntries } from './customership-reader.ts'
import { entryAad, type EntryRows } from './entry-rows.ts'
import { nothingPlain, plainColumns } from './plain-columns.ts'
import type { CustomershipFacts } from './customership-facts.ts'

/** Writes into a customership whose revision was raised first; everything is stamped with it. */
export class CustomershipChange extends CustomershipReader {
  readonly #rows: EntryRows
  readonly #now: number
  /** Told when a name may have changed. */
  readonly #renamed: () => void

  constructor(
    rows: EntryRows,
    facts: CustomershipFacts,
    key: DataKey,
    beside: BesideEntries,
    now: number,
    renamed: () => void
  ) {
    super(rows, facts, key, beside)
    this.#rows = rows
    this.#now = now
    this.#renamed = renamed
  }

  get revision(): number {
    return this.facts.revision
  }

  async put<K extends StoredKind>(
    kind: K,
    id: EntryId,
    data: StoredData<K>,
    by: UserId
  ): Promise<void> {
    const name = { customership: this.facts.id, id, kind, revision: this.revision }
    const written = await this.#rows.put({
      ...name,
      at: this.#now,
      by,
      removed: 0,
      sealed: sealText(this.key, entryAad(name), JSON.stringify(data)),
      ...plainColumns(kind, data)
    })
    if (written.length !== 1) throw new Error('an entry keeps its kind')
    this.#note(kind)
  }

  async remove(id: EntryId, by: UserId): Promise<void> {
    const [row] = await this.rows.find({ customership: this.facts.id, id })
    if (!row || row.removed === 1) return
    const { revision } = this
    await this.#rows.put({
      ...row,
      ...nothingPlain,
      revision,
      at: this.#now,
      by,
      removed: 1,
      sealed: null
    })
    this.#note(row.kind)
  }

  /** §7: from here on the end date travels with the data. */
  async setEnding(ending: { endDay: Day; deleteBy: Day; reason: EndReason }): Promise<void> {
    await this.#rows.setCustomership(this.facts.id, {
      state: this.facts.state === 'active' ? 'ending' : this.facts.state,
      endDay: ending.endDay,
      deleteBy: ending.deleteBy,
      endReason: ending.reason
    })
  }

  /** It goes on: tablets receive it again at their next contact. */
  async clearEnding(): Promise<void> {
    await this.#rows.setCustomership(this.facts.id, {
      state: 'active',
      endDay: null,
      deleteBy: null,
      endReason: null
    })
  }

  /** GDPR Art. 18: from here on it is read and nothing else; null lets it be written again. */
  async setRestriction(restrictedOn: Day | null): Promise<void> {
    await this.#rows.setCustomership(this.facts.id, { restrictedOn })
  }

  async writeClosingRecord(record: ClosingRecord): Promise<void> {
    await this.record.write(record)
  }

  async setState(state: Exclude<CustomershipState, 'deleting'>): Promise<void> {
    await this.#rows.setCustomership(this.facts.id, { state })
  }

  #note(kind: StoredKind): void {
    if (kind === 'profile' || kind === 'contact') this.#renamed()
  }
}
