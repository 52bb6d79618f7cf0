import type { Selectable } from 'kysely'
import type { Day } from '#contract/day.ts'
import { grantPeriodSchema, type Decision } from '#contract/decision.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { StoredEntry } from '#contract/office-entry.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { openEntry } from './customership-reader.ts'
import type { AssignmentFacts } from './customership-facts.ts'
import type { Database } from './database.ts'
import { inSlices } from './in-slices.ts'
import type { EntryTable, RegisterTables } from './tables.ts'

/** An entry, and whose it is. */
export type Placed<K extends StoredKind> = StoredEntry<K> & {
  readonly customership: CustomershipId
}

/** What stands beside the seal of a decision: enough to know what it promises a week. */
export interface Grant extends Pick<Decision, 'from' | 'until' | 'grantedMinutes' | 'grantedPer'> {
  readonly id: EntryId
  readonly customership: CustomershipId
  readonly product: string
}

const readable = ['active', 'ending', 'closed'] as const
const writable = ['active', 'ending'] as const

/**
 * Entries of many customerships at once, found by their plain columns and only then opened: a week
 * of forty workers costs its four hundred visits, however large the register is.
 */
export class Across {
  readonly #database: Database<RegisterTables>
  readonly #keyStore: KeyStore

  constructor(database: Database<RegisterTables>, keyStore: KeyStore) {
    this.#database = database
    this.#keyStore = keyStore
  }

  /** Both days belong to it. A visit stands on the day on which it begins. */
  async visits(span: { from: Day; until: Day; worker?: UserId }): Promise<Placed<'visit'>[]> {
    let query = this.#database.sql
      .selectFrom('entries')
      .selectAll('entries')
      .innerJoin('customerships', 'customerships.id', 'entries.customership')
      .where('customerships.state', 'in', readable)
      .where('entries.day', '>=', span.from)
      .where('entries.day', '<=', span.until)
      .where('entries.kind', '=', 'visit')
      .where('entries.removed', '=', 0)
    if (span.worker) query = query.where('entries.worker', '=', span.worker)
    return this.#open(await query.execute())
  }

  /** Of customerships that go on, what is in force on some day of the span; nothing is opened for it. */
  async grants(span: { from: Day; until: Day }): Promise<Grant[]> {
    const rows = await this.#database.sql
      .selectFrom('entries')
      .innerJoin('customerships', 'customerships.id', 'entries.customership')
      .select(['entries.customership', 'entries.id', 'fromDay', 'untilDay', 'minutes', 'product'])
      .select('entries.state as grantedPer')
      .where('customerships.state', 'in', writable)
      .where('entries.kind', '=', 'decision')
      .where('entries.removed', '=', 0)
      .where('entries.fromDay', '<=', span.until)
      .where('entries.untilDay', '>=', span.from)
      .execute()
    return rows.flatMap(({ fromDay, untilDay, minutes, product, grantedPer, ...whose }) => {
      const per = grantPeriodSchema.safeParse(grantedPer)
      if (!fromDay || !untilDay || !product || minutes === null || !per.success) return []
      const grant = { from: fromDay, until: untilDay, grantedMinutes: minutes }
      return [{ ...whose, ...grant, product, grantedPer: per.data }]
    })
  }

  async ofKind<K extends StoredKind>(
    kind: K,
    customerships: readonly CustomershipId[]
  ): Promise<Placed<K>[]> {
    const found: Placed<K>[] = []
    for (const some of inSlices(customerships)) {
      const rows = await this.#database.sql
        .selectFrom('entries')
        .selectAll()
        .where('kind', '=', kind)
        .where('removed', '=', 0)
        .where('customership', 'in', some)
        .execute()
      found.push(...this.#open<K>(rows))
    }
    return found
  }

  /** Plain columns only. */
  async assignments(customerships: readonly CustomershipId[]): Promise<AssignmentFacts[]> {
    const found: AssignmentFacts[] = []
    for (const some of inSlices(customerships)) found.push(...(await this.#assignmentsOf(some)))
    return found
  }

  async #assignmentsOf(customerships: readonly CustomershipId[]): Promise<AssignmentFacts[]> {
    const rows = await this.#database.sql
      .selectFrom('entries')
      .select(['customership', 'id', 'worker', 'fromDay', 'untilDay'])
      .where('kind', '=', 'assignment')
      .where('removed', '=', 0)
      .where('customership', 'in', customerships)
      .execute()
    return rows.flatMap(({ customership, id, worker, fromDay, untilDay }) =>
      worker === null || fromDay === null
        ? []
        : [{ customership, entry: id, worker, from: fromDay, until: untilDay, tasks: [] }]
    )
  }

  #open<K extends StoredKind>(rows: readonly Selectable<EntryTable>[]): Placed<K>[] {
    return rows.flatMap((row) => {
      const key = this.#keyStore.dataKey(row.customership)
      const entry = key && openEntry(key, row)
      return entry ? [{ ...(entry as StoredEntry<K>), customership: row.customership }] : []
    })
  }
}
