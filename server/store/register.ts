import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { AssignmentFacts, CustomershipFacts } from './customership-facts.ts'
import type { CustomershipReader } from './customership-reader.ts'
import type { Database } from './database.ts'
import { EntryRows, type AssignmentFilter, type EntryName } from './entry-rows.ts'
import { inSlices } from './in-slices.ts'
import type { Basis, Kept, Keeping } from './kept.ts'
import type { KeptInMemory, Source } from './kept-in-memory.ts'
import { NewIds } from './new-ids.ts'
import { Opener } from './opener.ts'
import { ReaderTogether, RowsTogether } from './read-together.ts'
import type { RegisterTransaction } from './register-transaction.ts'
import {
  sealCustomership,
  type NewCustomership,
  type SealedCustomership
} from './sealed-customership.ts'
import type { SearchIndex } from './search.ts'
import type { Suppression } from './suppression.ts'
import type { RegisterTables } from './tables.ts'
import { Writing, type BesideWriting } from './writing.ts'

const readable = ['active', 'ending', 'closed'] as const
/** The customerships: each is read in one snapshot and changed under one revision. */
export class Register implements Source {
  readonly #database: Database<RegisterTables>
  readonly #rows: EntryRows
  readonly #opener: Opener
  readonly #newIds: NewIds
  readonly #clock: Clock
  readonly #writing: Writing
  readonly #search: SearchIndex
  readonly #kept: KeptInMemory

  constructor(
    database: Database<RegisterTables>,
    keyStore: KeyStore,
    clock: Clock,
    { suppression, ...beside }: BesideWriting & { readonly suppression: Suppression }
  ) {
    const rows = new EntryRows(database)
    const opener = new Opener(database, rows, keyStore)
    const newIds = new NewIds(database, keyStore, suppression)
    this.#database = database
    this.#rows = rows
    this.#opener = opener
    this.#newIds = newIds
    this.#clock = clock
    this.#writing = new Writing({ database, rows, opener, newIds, clock }, beside)
    this.#search = beside.search
    this.#kept = beside.kept
  }

  /** One snapshot, finished before it returns. Null: there is none, or it is being deleted. */
  async read<T>(
    id: CustomershipId,
    use: (reader: CustomershipReader) => Promise<T>
  ): Promise<T | null> {
    return this.#database.snapshot(async () => {
      const [facts] = await this.#rows.facts({ id })
      return facts && facts.state !== 'deleting' ? use(this.#opener.reader(facts)) : null
    })
  }

  /** Several in one snapshot: as `read`, without beginning and ending for each. */
  readEach<T>(
    ids: readonly CustomershipId[],
    use: (reader: CustomershipReader) => Promise<T>
  ): Promise<Map<CustomershipId, T>> {
    return this.#database.snapshot(async () => {
      const found = new Map<CustomershipId, T>()
      for (const some of inSlices(ids)) {
        const known = new Map((await this.list({ ids: some })).map((facts) => [facts.id, facts]))
        for (const id of some) {
          const facts = known.get(id)
          if (facts) found.set(id, await use(this.#opener.reader(facts)))
        }
      }
      return found
    })
  }

  /**
   * As `readEach`, of a few, each of whose entries are read in one question and opened once, however many ask.
   * One after another: what is read of one is let go before the next.
   */
  readTogether(
    ids: readonly CustomershipId[],
    use: (reader: CustomershipReader) => Promise<void>
  ): Promise<void> {
    return this.#database.snapshot(async () => {
      for (const facts of await this.list({ ids })) {
        const key = this.#opener.key(facts.id)
        const rows = new RowsTogether(await this.#rows.all({ customership: facts.id }))
        await use(new ReaderTogether(rows, facts, key, this.#opener.beside(facts.id, key)))
      }
    })
  }

  /** One durable commit. Whatever else of the store is called inside takes part in it. */
  transact<T>(use: (tx: RegisterTransaction) => Promise<T>): Promise<T> {
    return this.#database.transact(() => use(this.#writing))
  }

  /** Plain columns only, in whichever state; also one that is being deleted. */
  async find(id: CustomershipId): Promise<CustomershipFacts | null> {
    const [facts] = await this.#rows.facts({ id })
    return facts ?? null
  }

  /** Plain columns only; `deleting` ones only when asked for by state. */
  async list(
    filter: {
      states?: readonly CustomershipState[]
      worker?: UserId
      ids?: readonly CustomershipId[]
      /** Those alone that have a last day. */
      isDated?: true
    } = {}
  ): Promise<CustomershipFacts[]> {
    const { worker, ids, isDated } = filter
    let query = this.#database.sql
      .selectFrom('customerships')
      .selectAll()
      .where('state', 'in', filter.states ?? readable)
    if (ids) query = query.where('id', 'in', ids)
    if (isDated) query = query.where('endDay', 'is not', null)
    if (worker)
      query = query.where((row) =>
        row.exists(
          row
            .selectFrom('entries')
            .select('entries.id')
            .whereRef('entries.customership', '=', 'customerships.id')
            .where('entries.kind', '=', 'assignment')
            .where('entries.removed', '=', 0)
            .where('entries.worker', '=', worker)
        )
      )
    return query.orderBy('id').execute()
  }

  /** Returns when whoever keeps something in memory knows of every commit before the call. */
  hearOthers(): Promise<void> {
    return this.#database.hearOthers()
  }

  /** Which there are, without what is being deleted. */
  async ids(): Promise<CustomershipId[]> {
    const rows = await this.#database.sql
      .selectFrom('customerships')
      .select('id')
      .where('state', 'in', readable)
      .orderBy('id')
      .execute()
    return rows.map(({ id }) => id)
  }

  /** Whose page it may be: an id is its maker's, so it is no proof that there is only one. */
  async withPage(document: EntryId, page: number): Promise<CustomershipId[]> {
    const rows = await this.#database.sql
      .selectFrom('pages')
      .select('customership')
      .where('document', '=', document)
      .where('page', '=', page)
      .execute()
    return rows.map(({ customership }) => customership)
  }

  assignments(filter: AssignmentFilter): Promise<AssignmentFacts[]> {
    return this.#rows.assignments(filter)
  }

  /** Of many customerships, in one question. */
  assignmentsAmong(customerships: readonly CustomershipId[]): Promise<AssignmentFacts[]> {
    return this.#rows.assignmentsAmong(customerships)
  }

  /** The notes written last, of the whole register. */
  latestNotes(limit: number): Promise<EntryName[]> {
    return this.#rows.latestNotes({ limit })
  }

  /** How many visits of that day are in which state; plain columns only. */
  async visitStatesOn(day: Day): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#rows.visitStates({ day })
    return new Map(rows.map(({ state, count }) => [state, count]))
  }

  /** From now on a value of each customership in memory, for questions that cross the register. */
  keep<T, B extends Basis>(keeping: Keeping<T, B>): Kept<T, B> {
    return this.#kept.add(keeping, this)
  }

  /** What is kept is made true beforehand, so that nobody waits for it. */
  catchUp(): Promise<void> {
    return this.#kept.catchUp(this)
  }

  /** Those with a hold that stands, in whichever state. */
  async heldIds(): Promise<CustomershipId[]> {
    const rows = await this.#database.sql
      .selectFrom('endings')
      .select('customership')
      .where('holds', '>', 0)
      .orderBy('customership')
      .execute()
    return rows.map(({ customership }) => customership)
  }

  /**
   * Of those whose last decision ends on `until` or before: the last day that any of theirs is valid on.
   * Asked some at a time, so that others get their turn in a county's register.
   */
  async lastDecisionDays({ until }: { until: Day }): Promise<ReadonlyMap<CustomershipId, Day>> {
    const found = new Map<CustomershipId, Day>()
    for (const some of inSlices(await this.ids())) {
      const rows = await this.#database.sql
        .selectFrom('entries')
        .select(['customership', (row) => row.fn.max('untilDay').as('lastDay')])
        .where('customership', 'in', some)
        .where('kind', '=', 'decision')
        .where('removed', '=', 0)
        .groupBy('customership')
        .execute()
      for (const { customership, lastDay } of rows)
        if (lastDay !== null && lastDay <= until) found.set(customership, lastDay)
      await new Promise(setImmediate)
    }
    return found
  }

  /** Each word must begin some word of a name. */
  async search(words: string): Promise<CustomershipId[]> {
    if (!this.#database.isInside) await this.#search.repair()
    return this.#search.find(words)
  }

  /** Makes the tokens of many that were inserted. Others search meanwhile, and find these one by one. */
  index(ids: readonly CustomershipId[], told: (done: number) => void): Promise<void> {
    return this.#search.followAll(ids, told)
  }

  /** Makes the search tokens anew from what the register holds. */
  rebuildSearch(): Promise<void> {
    return this.#search.rebuild()
  }

  /** What `insert` takes. The keys of many are made beforehand, since that takes the disks as long as one. */
  seal(opening: NewCustomership, by: UserId): SealedCustomership {
    return sealCustomership(opening, this.#opener.key(opening.id), by, this.#clock.now())
  }

  /** In both copies of the key store; one that is never used opens nothing. */
  prepareKeys(ids: readonly CustomershipId[]): void {
    this.#newIds.prepareKeys(ids)
  }

  /** Which of the ids are taken, now or by one that is no more. */
  used(ids: readonly CustomershipId[]): Promise<CustomershipId[]> {
    return this.#newIds.used(ids)
  }
}
