import type { Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'
import type { Answers } from './answers.ts'
import type { AppliedOperations } from './applied-operations.ts'
import { CustomershipChange } from './customership-change.ts'
import type { CustomershipFacts } from './customership-facts.ts'
import type { Database } from './database.ts'
import type { Deletions } from './deletions.ts'
import type { DocumentPages } from './document-pages.ts'
import { gatheredTables, type EntryRows } from './entry-rows.ts'
import type { Holdings } from './holdings.ts'
import type { KeptInMemory } from './kept-in-memory.ts'
import type { NewIds } from './new-ids.ts'
import type { Opener } from './opener.ts'
import type { Packages } from './packages.ts'
import type { Prints } from './prints.ts'
import type { Changed, NamedAhead, RegisterTransaction, Writable } from './register-transaction.ts'
import type { RightsWorks } from './rights-works.ts'
import type { SealedCustomership } from './sealed-customership.ts'
import type { SearchIndex } from './search.ts'
import type { RegisterTables } from './tables.ts'
import type { Use, UsageLog } from './usage-log.ts'

export interface BesideWriting {
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly deletions: Deletions
  readonly usage: UsageLog
  readonly prints: Prints
  readonly search: SearchIndex
  readonly kept: KeptInMemory
}

/** The register's changes, each inside the transaction that `Register.transact` has begun. */
export class Writing implements RegisterTransaction {
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly deletions: Deletions
  readonly usage: UsageLog
  readonly prints: Prints
  readonly #search: SearchIndex
  readonly #kept: KeptInMemory
  readonly #database: Database<RegisterTables>
  readonly #rows: EntryRows
  readonly #opener: Opener
  readonly #newIds: NewIds
  readonly #clock: Clock

  constructor(
    o: {
      readonly database: Database<RegisterTables>
      readonly rows: EntryRows
      readonly opener: Opener
      readonly newIds: NewIds
      readonly clock: Clock
    },
    beside: BesideWriting
  ) {
    this.operations = beside.operations
    this.holdings = beside.holdings
    this.deletions = beside.deletions
    this.usage = beside.usage
    this.prints = beside.prints
    this.#search = beside.search
    this.#kept = beside.kept
    this.#database = o.database
    this.#rows = o.rows
    this.#opener = o.opener
    this.#newIds = o.newIds
    this.#clock = o.clock
  }

  async create(id: CustomershipId, startDay: Day): Promise<CustomershipChange> {
    if ((await this.#newIds.used([id])).length > 0)
      throw new Error('a customership id is used once')
    this.#newIds.prepareKeys([id])
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
    this.#tell(id)
    return this.#changeOf(facts)
  }

  async insert(
    sealed: readonly SealedCustomership[],
    use: Omit<Use, 'customership'>
  ): Promise<boolean> {
    const ids = sealed.map(({ facts }) => facts.id)
    if ((await this.#newIds.used(ids)).length > 0) return false
    await this.#database.insertAll(
      'customerships',
      sealed.map(({ facts }) => facts)
    )
    await this.#database.insertAll(
      'entries',
      sealed.flatMap(({ rows }) => rows)
    )
    await this.usage.append(ids.map((customership) => ({ ...use, customership })))
    this.#tell(...ids)
    return true
  }

  async change<T>(
    id: CustomershipId,
    use: (change: CustomershipChange) => Promise<T>,
    writable: Writable = {}
  ): Promise<Changed<T>> {
    const [facts] = await this.#raiseOf(writable)({ id })
    if (!facts) return this.#whyNot(id, writable)
    this.#tell(id)
    return { value: await use(this.#changeOf(facts)) }
  }

  async pages(id: CustomershipId): Promise<DocumentPages | null> {
    const facts = await this.#find(id)
    const isWritable = facts?.state === 'active' || facts?.state === 'ending'
    return isWritable && facts.restrictedOn === null ? this.#opener.beside(id).pages : null
  }

  async isRestricted(id: CustomershipId): Promise<boolean> {
    return ((await this.#find(id))?.restrictedOn ?? null) !== null
  }

  async packages(id: CustomershipId): Promise<Packages | null> {
    const facts = await this.#find(id)
    const isLeaving = facts?.state === 'ending' || facts?.state === 'closed'
    return isLeaving && facts.restrictedOn === null ? this.#opener.beside(id).packages : null
  }

  async answers(id: CustomershipId): Promise<Answers | null> {
    return (await this.#isThere(id)) ? this.#opener.beside(id).answers : null
  }

  async rights(id: CustomershipId): Promise<RightsWorks | null> {
    return (await this.#isThere(id)) ? this.#opener.beside(id).rights : null
  }

  savepoint<T>(use: () => Promise<T>): Promise<T> {
    return this.#database.savepoint(use)
  }

  gathered<T>(use: () => Promise<T>): Promise<T> {
    return this.#database.gathered(gatheredTables, use)
  }

  async readAhead({ customerships, entries, operations }: NamedAhead): Promise<void> {
    await this.#rows.readAhead(customerships, entries)
    await this.operations.readAhead(operations)
  }

  async #find(id: CustomershipId): Promise<CustomershipFacts | undefined> {
    const [facts] = await this.#rows.facts({ id })
    return facts
  }

  async #isThere(id: CustomershipId): Promise<boolean> {
    const facts = await this.#find(id)
    return facts !== undefined && facts.state !== 'deleting'
  }

  async #whyNot(id: CustomershipId, { alsoRestricted }: Writable): Promise<Changed<never>> {
    const known = await this.#find(id)
    if (!known || known.state === 'deleting') return { absent: true }
    const { state, restrictedOn } = known
    return restrictedOn !== null && !alsoRestricted ? { restrictedOn } : { closed: state }
  }

  #raiseOf({ alsoClosed = false, alsoRestricted = false }: Writable) {
    const { raise, raiseClosedToo, raiseRestrictedToo, raiseAny } = this.#rows
    if (alsoRestricted) return alsoClosed ? raiseAny : raiseRestrictedToo
    return alsoClosed ? raiseClosedToo : raise
  }

  /** Whoever keeps it in memory, and whoever follows it on a screen. */
  #tell(...ids: readonly CustomershipId[]): void {
    for (const id of ids) this.#kept.changed(id)
    this.#database.show(...ids.map((customership) => ({ customership })))
  }

  #changeOf(facts: CustomershipFacts): CustomershipChange {
    const key = this.#opener.key(facts.id)
    const beside = this.#opener.beside(facts.id, key)
    const follow = () => this.#search.follow(facts.id)
    return new CustomershipChange(this.#rows, facts, key, beside, this.#clock.now(), () => {
      this.#database.afterCommit(follow)
    })
  }
}
