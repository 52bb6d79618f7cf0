import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { EndReason } from '#contract/ending.ts'
import type { CustomershipId, EntryId, OperationId, UserId } from '#contract/id.ts'
import type { Task } from '#contract/role.ts'
import type { Clock } from '#server/clock.ts'
import type { DataKey } from '#server/keys/data-key.ts'
import { isDiskFault } from '#server/keys/disk-fault.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { Answers } from './answers.ts'
import type { AppliedOperations } from './applied-operations.ts'
import { CustomershipChange } from './customership-change.ts'
import { CustomershipReader, type BesideEntries } from './customership-reader.ts'
import { ClosingRecordRow } from './closing-record.ts'
import type { Database } from './database.ts'
import type { Deletions } from './deletions.ts'
import { DocumentPages } from './document-pages.ts'
import { EntryRows, gatheredTables, type AssignmentFilter, type EntryName } from './entry-rows.ts'
import type { Holdings } from './holdings.ts'
import { inSlices } from './in-slices.ts'
import type { Basis, Kept, Keeping } from './kept.ts'
import type { KeptInMemory, Source } from './kept-in-memory.ts'
import { ReaderTogether, RowsTogether } from './read-together.ts'
import type { SearchIndex } from './search.ts'
import {
  sealCustomership,
  type NewCustomership,
  type SealedCustomership
} from './sealed-customership.ts'
import { Packages } from './packages.ts'
import type { Prints } from './prints.ts'
import { RightsWorks } from './rights-works.ts'
import { StoreUnavailable } from './store-unavailable.ts'
import type { Suppression } from './suppression.ts'
import type { RegisterTables } from './tables.ts'
import type { Use, UsageLog } from './usage-log.ts'

export interface CustomershipFacts {
  readonly id: CustomershipId
  readonly revision: number
  readonly state: CustomershipState
  readonly startDay: Day
  readonly endDay: Day | null
  readonly deleteBy: Day | null
  readonly endReason: EndReason | null
  /** GDPR Art. 18: since when its processing is restricted. */
  readonly restrictedOn: Day | null
}

export interface AssignmentFacts {
  readonly customership: CustomershipId
  readonly entry: EntryId
  readonly worker: UserId
  readonly from: Day
  readonly until: Day | null
  readonly tasks: readonly Task[]
}

export type Changed<T> =
  { value: T } | { absent: true } | { closed: CustomershipState } | { restrictedOn: Day }

export interface Writable {
  readonly alsoClosed?: boolean
  readonly alsoRestricted?: boolean
}

export interface RegisterTransaction {
  /** Makes the data key in both copies first. Throws when the id was ever used. */
  create(id: CustomershipId, startDay: Day): Promise<CustomershipChange>
  /** Many at once, sealed beforehand, each with its line of use. False: one of the ids was used before, and nothing is written. */
  insert(sealed: readonly SealedCustomership[], use: Omit<Use, 'customership'>): Promise<boolean>
  /**
   * Raises the revision once. `alsoClosed` is for the ending and for main users, never for operations;
   * `alsoRestricted` for what ends, deletes or lifts, and for what keeps nobody's data alive.
   */
  change<T>(
    id: CustomershipId,
    use: (change: CustomershipChange) => Promise<T>,
    options?: Writable
  ): Promise<Changed<T>>
  /** For what is brought before its document, under no revision. Null: the customership takes no changes. */
  pages(id: CustomershipId): Promise<DocumentPages | null>
  isRestricted(id: CustomershipId): Promise<boolean>
  /** For what tells of a customership and is no part of it. Null: it is not ending, or is being deleted. */
  packages(id: CustomershipId): Promise<Packages | null>
  /** For what is given to the client; it raises no revision. Null: there is none, or it is being deleted. */
  answers(id: CustomershipId): Promise<Answers | null>
  /** The words of its requests, in whichever state it is read. Null: there is none, or it is being deleted. */
  rights(id: CustomershipId): Promise<RightsWorks | null>
  /** Whatever `use` throws undoes what it did, and only that. */
  savepoint<T>(use: () => Promise<T>): Promise<T>
  /** What `use` writes of customerships and operations goes to the disk together. It may run twice. */
  gathered<T>(use: () => Promise<T>): Promise<T>
  /** While gathering: what will be asked for one by one, in a few questions. */
  readAhead(named: NamedAhead): Promise<void>
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly deletions: Deletions
  readonly usage: UsageLog
  readonly prints: Prints
}

export interface NamedAhead {
  readonly customerships: readonly CustomershipId[]
  readonly entries: readonly EntryName[]
  readonly operations: readonly OperationId[]
}

const readable = ['active', 'ending', 'closed'] as const
/** SQLite and PostgreSQL take no more values in one question than some tens of thousands. */
const askedAtOnce = 500

interface Beside {
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly deletions: Deletions
  readonly usage: UsageLog
  readonly prints: Prints
  readonly suppression: Suppression
  readonly search: SearchIndex
  readonly kept: KeptInMemory
}

/** The customerships: each is read in one snapshot and changed under one revision. */
export class Register implements Source {
  readonly #database: Database<RegisterTables>
  readonly #rows: EntryRows
  readonly #keyStore: KeyStore
  readonly #clock: Clock
  readonly #beside: Beside

  constructor(
    database: Database<RegisterTables>,
    keyStore: KeyStore,
    clock: Clock,
    beside: Beside
  ) {
    this.#database = database
    this.#rows = new EntryRows(database)
    this.#keyStore = keyStore
    this.#clock = clock
    this.#beside = beside
  }

  /** One snapshot, finished before it returns. Null: there is none, or it is being deleted. */
  async read<T>(
    id: CustomershipId,
    use: (reader: CustomershipReader) => Promise<T>
  ): Promise<T | null> {
    return this.#database.snapshot(async () => {
      const [facts] = await this.#rows.facts({ id })
      return facts && facts.state !== 'deleting' ? use(this.#readerOf(facts)) : null
    })
  }

  /** Several in one snapshot: as `read`, without beginning and ending for each. */
  readEach<T>(
    ids: readonly CustomershipId[],
    use: (reader: CustomershipReader) => Promise<T>
  ): Promise<Map<CustomershipId, T>> {
    return this.#database.snapshot(async () => {
      const found = new Map<CustomershipId, T>()
      for (const some of inSlices(ids, askedAtOnce)) {
        const known = new Map((await this.list({ ids: some })).map((facts) => [facts.id, facts]))
        for (const id of some) {
          const facts = known.get(id)
          if (facts) found.set(id, await use(this.#readerOf(facts)))
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
        const key = this.#requireKey(facts.id)
        const rows = new RowsTogether(await this.#rows.all({ customership: facts.id }))
        await use(new ReaderTogether(rows, facts, key, this.#besideOf(facts.id, key)))
      }
    })
  }

  /** One durable commit. Whatever else of the store is called inside takes part in it. */
  async transact<T>(use: (tx: RegisterTransaction) => Promise<T>): Promise<T> {
    const { operations, holdings, deletions, usage, prints } = this.#beside
    return this.#database.transact(() =>
      use({
        create: (id, startDay) => this.#create(id, startDay),
        insert: (sealed, use) => this.#insert(sealed, use),
        change: (id, change, options) => this.#change(id, change, options ?? {}),
        pages: (id) => this.#writablePages(id),
        isRestricted: async (id) => ((await this.find(id))?.restrictedOn ?? null) !== null,
        packages: (id) => this.#writablePackages(id),
        answers: (id) => this.#writableAnswers(id),
        rights: (id) => this.#rightsOf(id),
        savepoint: (part) => this.#database.savepoint(part),
        gathered: (part) => this.#database.gathered(gatheredTables, part),
        readAhead: async ({ customerships, entries, operations: ids }) => {
          await this.#rows.readAhead(customerships, entries)
          await operations.readAhead(ids)
        },
        operations,
        holdings,
        deletions,
        usage,
        prints
      })
    )
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
    return this.#beside.kept.add(keeping, this)
  }

  /** What is kept is made true beforehand, so that nobody waits for it. */
  catchUp(): Promise<void> {
    return this.#beside.kept.catchUp(this)
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
    for (const some of inSlices(await this.ids(), askedAtOnce)) {
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
    if (!this.#database.isInside) await this.#beside.search.repair()
    return this.#beside.search.find(words)
  }

  /** What `insert` takes. The keys of many are made beforehand, since that takes the disks as long as one. */
  seal(opening: NewCustomership, by: UserId): SealedCustomership {
    return sealCustomership(opening, this.#requireKey(opening.id), by, this.#clock.now())
  }

  /** In both copies of the key store; one that is never used opens nothing. */
  prepareKeys(ids: readonly CustomershipId[]): void {
    try {
      this.#keyStore.createDataKeys(ids)
    } catch (error) {
      throw isDiskFault(error) ? new StoreUnavailable('the key store refuses') : error
    }
  }

  /** Which of the ids are taken, now or by one that is no more. */
  async used(ids: readonly CustomershipId[]): Promise<CustomershipId[]> {
    const found: CustomershipId[] = []
    for (const some of inSlices(ids, askedAtOnce)) {
      const rows = await this.#database.sql
        .selectFrom('customerships')
        .select('id')
        .where('id', 'in', some)
        .execute()
      found.push(...rows.map(({ id }) => id))
      found.push(...(await this.#beside.suppression.among(some)))
    }
    return found
  }

  /** Makes the tokens of many that were inserted. Others search meanwhile, and find these one by one. */
  index(ids: readonly CustomershipId[], told: (done: number) => void): Promise<void> {
    return this.#beside.search.followAll(ids, told)
  }

  /** Makes the search tokens anew from what the register holds. */
  rebuildSearch(): Promise<void> {
    return this.#beside.search.rebuild()
  }

  async #create(id: CustomershipId, startDay: Day): Promise<CustomershipChange> {
    const [known] = await this.#rows.facts({ id })
    if (known || (await this.#beside.suppression.has(id)))
      throw new Error('a customership id is used once')
    this.prepareKeys([id])
    const facts: CustomershipFacts = {
      id,
      revision: 1,
      state: 'active',
      startDay,
      endDay: null,
      deleteBy: null,
      endReason: null,
      restrictedOn: null
    }
    await this.#database.sql.insertInto('customerships').values(facts).execute()
    this.#beside.kept.changed(id)
    this.#database.show({ customership: id })
    return this.#changeOf(facts)
  }

  async #insert(
    sealed: readonly SealedCustomership[],
    use: Omit<Use, 'customership'>
  ): Promise<boolean> {
    const ids = sealed.map(({ facts }) => facts.id)
    if ((await this.used(ids)).length > 0) return false
    await this.#database.insertAll(
      'customerships',
      sealed.map(({ facts }) => facts)
    )
    await this.#database.insertAll(
      'entries',
      sealed.flatMap(({ rows }) => rows)
    )
    await this.#beside.usage.append(ids.map((customership) => ({ ...use, customership })))
    for (const id of ids) this.#beside.kept.changed(id)
    this.#database.show(...ids.map((customership) => ({ customership })))
    return true
  }

  async #change<T>(
    id: CustomershipId,
    use: (change: CustomershipChange) => Promise<T>,
    writable: Writable
  ): Promise<Changed<T>> {
    const [facts] = await this.#raiseOf(writable)({ id })
    if (!facts) {
      const [known] = await this.#rows.facts({ id })
      if (!known || known.state === 'deleting') return { absent: true }
      const { state, restrictedOn } = known
      return restrictedOn !== null && !writable.alsoRestricted
        ? { restrictedOn }
        : { closed: state }
    }
    this.#beside.kept.changed(id)
    this.#database.show({ customership: id })
    return { value: await use(this.#changeOf(facts)) }
  }

  #raiseOf({ alsoClosed = false, alsoRestricted = false }: Writable) {
    const { raise, raiseClosedToo, raiseRestrictedToo, raiseAny } = this.#rows
    if (alsoRestricted) return alsoClosed ? raiseAny : raiseRestrictedToo
    return alsoClosed ? raiseClosedToo : raise
  }

  #changeOf(facts: CustomershipFacts): CustomershipChange {
    const { search } = this.#beside
    const key = this.#requireKey(facts.id)
    const follow = () => search.follow(facts.id)
    const beside = this.#besideOf(facts.id, key)
    return new CustomershipChange(this.#rows, facts, key, beside, this.#clock.now(), () => {
      this.#database.afterCommit(follow)
    })
  }

  #readerOf(facts: CustomershipFacts): CustomershipReader {
    const key = this.#requireKey(facts.id)
    return new CustomershipReader(this.#rows, facts, key, this.#besideOf(facts.id, key))
  }

  #besideOf(id: CustomershipId, key: DataKey): BesideEntries {
    return {
      pages: new DocumentPages(this.#database, id, key),
      packages: new Packages(this.#database, id, key),
      answers: new Answers(this.#database, id, key),
      record: new ClosingRecordRow(this.#database, id, key),
      rights: new RightsWorks(this.#database, id, key)
    }
  }

  async #writablePages(id: CustomershipId): Promise<DocumentPages | null> {
    const facts = await this.find(id)
    if (facts?.state !== 'active' && facts?.state !== 'ending') return null
    if (facts.restrictedOn !== null) return null
    return this.#besideOf(id, this.#requireKey(id)).pages
  }

  async #writablePackages(id: CustomershipId): Promise<Packages | null> {
    const facts = await this.find(id)
    if (facts?.state !== 'ending' && facts?.state !== 'closed') return null
    if (facts.restrictedOn !== null) return null
    return this.#besideOf(id, this.#requireKey(id)).packages
  }

  async #writableAnswers(id: CustomershipId): Promise<Answers | null> {
    const facts = await this.find(id)
    if (!facts || facts.state === 'deleting') return null
    return this.#besideOf(id, this.#requireKey(id)).answers
  }

  async #rightsOf(id: CustomershipId): Promise<RightsWorks | null> {
    const facts = await this.find(id)
    if (!facts || facts.state === 'deleting') return null
    return this.#besideOf(id, this.#requireKey(id)).rights
  }

  #requireKey(id: CustomershipId): DataKey {
    const key = this.#keyStore.dataKey(id)
    if (!key) throw new Error('a customership has no key')
    return key
  }
}
