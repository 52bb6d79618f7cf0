import { sql, type Kysely } from 'kysely'
import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { Task } from '#contract/role.ts'
import type { Database } from './database.ts'
import { orInHand, type HeldTables } from './in-hand.ts'
import { inSlices } from './in-slices.ts'
import type { AssignmentFacts } from './customership-facts.ts'
import type { CustomershipTable, EntryTable, RegisterTables } from './tables.ts'

/** A sealed entry opens only in its own place: the same customership, id, kind and revision. */
export const entryAad = (
  entry: Pick<EntryTable, 'customership' | 'id' | 'kind' | 'revision'>
): string =>
  `kotikaynti/entry/1\n${entry.customership}\n${entry.id}\n${entry.kind}\n${entry.revision}`

/** The rows of customerships and their entries, still sealed. What every push and pull asks is compiled once. */
export class EntryRows {
  readonly #database: Database<RegisterTables>
  readonly find: (values: { customership: CustomershipId; id: EntryId }) => Promise<EntryTable[]>
  readonly after: (values: {
    customership: CustomershipId
    revision: number
  }) => Promise<SealedEntry[]>
  /** Every row of it, removed ones included, in no order. */
  readonly all: (values: { customership: CustomershipId }) => Promise<EntryTable[]>
  /** Those of one kind that are there, of a span of days and written at a time or later. */
  readonly ofKind: (values: OfKind) => Promise<SealedEntry[]>
  readonly latestNotes: (values: { limit: number }) => Promise<EntryName[]>
  readonly visitStates: (values: { day: Day }) => Promise<{ state: string; count: number }[]>
  readonly put: (values: EntryTable) => Promise<{ revision: number }[]>
  readonly raise: Raise
  readonly raiseClosedToo: Raise
  readonly raiseRestrictedToo: Raise
  readonly raiseAny: Raise
  readonly #assignmentsOf: (values: { worker: UserId }) => Promise<AssignmentRow[]>
  readonly #assignmentsIn: (values: { customership: CustomershipId }) => Promise<AssignmentRow[]>
  readonly facts: (values: { id: CustomershipId }) => Promise<CustomershipTable[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.find = orInHand(
      database,
      'entries',
      ({ customership, id }) => [customership, id],
      database.prepare((db, value) =>
        db
          .selectFrom('entries')
          .selectAll()
          .where('customership', '=', value('customership'))
          .where('id', '=', value('id'))
      )
    )
    this.after = database.prepare((db, value) =>
      db
        .selectFrom('entries')
        .select(sealedColumns)
        .where('customership', '=', value('customership'))
        .where('revision', '>', value('revision'))
        .orderBy('revision')
        .orderBy('id')
    )
    this.all = database.prepare((db, value) =>
      db.selectFrom('entries').selectAll().where('customership', '=', value('customership'))
    )
    this.ofKind = database.prepare((db, value) =>
      db
        .selectFrom('entries')
        .select(sealedColumns)
        .where('customership', '=', value('customership'))
        .where('kind', '=', value('kind'))
        .where('removed', '=', 0)
        // The plus keeps it from the index by time, which would read that kind of everybody.
        .where(sql<number>`+${sql.ref('at')}`, '>=', value('since'))
        .where((row) => row(row.fn.coalesce('day', sql.lit('')), '>=', value('fromDay')))
        .where((row) => row(row.fn.coalesce('day', sql.lit('')), '<=', value('untilDay')))
    )
    this.latestNotes = database.prepare((db, value) =>
      db
        .selectFrom('entries')
        .innerJoin('customerships', 'customerships.id', 'entries.customership')
        .select(['entries.customership', 'entries.id'])
        .where('entries.kind', '=', sql.lit('note'))
        .where('entries.removed', '=', 0)
        .where('customerships.state', '<>', 'deleting')
        .orderBy('entries.at', 'desc')
        .limit(value('limit'))
    )
    this.visitStates = database.prepare((db, value) =>
      db
        .selectFrom('entries')
        .innerJoin('customerships', 'customerships.id', 'entries.customership')
        .select((row) => ['entries.state', row.fn.countAll<number>().as('count')])
        .$narrowType<{ state: string }>()
        .where('entries.kind', '=', sql.lit('visit'))
        .where('entries.removed', '=', 0)
        .where('entries.day', '=', value('day'))
        .where('customerships.state', '<>', 'deleting')
        .groupBy('entries.state')
    )
    const put = preparePut(database)
    this.put = (row) => (database.inHand ? this.#gather(row) : put(row))
    const open = ['active', 'ending'] as const
    const closedToo = [...open, 'closed'] as const
    this.raise = this.#raising(open, false)
    this.raiseClosedToo = this.#raising(closedToo, false)
    this.raiseRestrictedToo = this.#raising(open, true)
    this.raiseAny = this.#raising(closedToo, true)
    this.facts = orInHand(
      database,
      'customerships',
      ({ id }) => [id],
      database.prepare((db, value) =>
        db.selectFrom('customerships').selectAll().where('id', '=', value('id'))
      )
    )
    this.#assignmentsOf = database.prepare((db, value) =>
      assignmentRows(db).where('worker', '=', value('worker'))
    )
    this.#assignmentsIn = database.prepare((db, value) =>
      assignmentRows(db).where('customership', '=', value('customership'))
    )
  }

  /** What the rules of many operations will ask for, in two questions. */
  async readAhead(
    customerships: readonly CustomershipId[],
    entries: readonly EntryName[]
  ): Promise<void> {
    const { inHand, sql: db } = this.#database
    if (!inHand) return
    for (const some of inSlices(customerships)) {
      const rows = await db
        .selectFrom('customerships')
        .selectAll()
        .where('id', 'in', some)
        .execute()
      inHand.learnAll(
        'customerships',
        rows,
        some.map((id) => [id])
      )
    }
    for (const some of inSlices(entries)) {
      const names = sql.join(some.map(({ customership, id }) => sql`(${customership}, ${id})`))
      const rows = await db
        .selectFrom('entries')
        .selectAll()
        .where(sql<boolean>`(customership, id) in (values ${names})`)
        .execute()
      inHand.learnAll(
        'entries',
        rows,
        some.map(({ customership, id }) => [customership, id])
      )
    }
  }

  /** Nothing comes back when the id is taken by another kind. */
  async #gather(row: EntryTable): Promise<{ revision: number }[]> {
    const [known] = await this.find(row)
    if (known && known.kind !== row.kind) return []
    const plain = Object.fromEntries(columns.map((name) => [name, row[name]]))
    this.#database.inHand?.put('entries', plain)
    return [{ revision: row.revision }]
  }

  #raising(writable: readonly CustomershipState[], restrictedToo: boolean): Raise {
    const raise = prepareRaise(this.#database, writable, restrictedToo)
    return async ({ id }) => {
      const { inHand } = this.#database
      if (!inHand) return raise({ id })
      const [facts] = await this.facts({ id })
      const mayWrite = facts && writable.includes(facts.state)
      if (!mayWrite || (!restrictedToo && facts.restrictedOn !== null)) return []
      const raised = { ...facts, revision: facts.revision + 1 }
      inHand.put('customerships', raised)
      return [raised]
    }
  }

  async setCustomership(
    id: CustomershipId,
    change: Partial<Omit<CustomershipTable, 'id' | 'revision'>>
  ): Promise<void> {
    await this.#database.sql.updateTable('customerships').set(change).where('id', '=', id).execute()
  }

  async assignments(filter: AssignmentFilter): Promise<AssignmentFacts[]> {
    const asked = 'worker' in filter ? this.#assignmentsOf(filter) : this.#assignmentsIn(filter)
    return (await asked).flatMap(readAssignment)
  }

  async assignmentsAmong(customerships: readonly CustomershipId[]): Promise<AssignmentFacts[]> {
    const found: AssignmentFacts[] = []
    for (const some of inSlices(customerships)) {
      const rows = await assignmentRows(this.#database.sql)
        .where('customership', 'in', some)
        .execute()
      found.push(...rows.flatMap(readAssignment))
    }
    return found
  }
}

export type EntryName = Pick<EntryTable, 'customership' | 'id'>

/** What it takes to open an entry: of many rows, every column more is felt. */
const sealedColumns = ['customership', 'id', 'kind', 'revision', 'at', 'by', 'sealed'] as const
export type SealedEntry = Pick<EntryTable, (typeof sealedColumns)[number]>

export interface OfKind {
  readonly customership: CustomershipId
  readonly kind: StoredKind
  readonly fromDay: Day | ''
  readonly untilDay: Day | '9'
  readonly since: number
}

export type AssignmentFilter = { worker: UserId } | { customership: CustomershipId }

export type AssignmentRow = Pick<
  EntryTable,
  'customership' | 'id' | 'worker' | 'fromDay' | 'untilDay' | 'tasks'
>

const assignmentRows = (db: Kysely<RegisterTables>) =>
  db
    .selectFrom('entries')
    .select(['customership', 'id', 'worker', 'fromDay', 'untilDay', 'tasks'])
    .where('kind', '=', 'assignment')
    .where('removed', '=', 0)
    .orderBy('fromDay')
    .orderBy('id')

export function readAssignment(row: AssignmentRow): AssignmentFacts[] {
  const { customership, id, worker, fromDay, untilDay, tasks } = row
  if (worker === null || fromDay === null || tasks === null) return []
  const list = tasks.split(' ') as Task[]
  return [{ customership, entry: id, worker, from: fromDay, until: untilDay, tasks: list }]
}

type Raise = (values: { id: CustomershipId }) => Promise<CustomershipTable[]>

/**
 * Exactly one row in a writable state, or none: this also locks it until the commit. GDPR Art. 18: one whose
 * processing is restricted is written only by what says that it may.
 */
function prepareRaise(
  database: Database<RegisterTables>,
  writable: readonly CustomershipState[],
  restrictedToo: boolean
): Raise {
  return database.prepare((db, value) => {
    const raising = db
      .updateTable('customerships')
      .set((row) => ({ revision: row('revision', '+', 1) }))
      .where('id', '=', value('id'))
      .where('state', 'in', writable)
    return (restrictedToo ? raising : raising.where('restrictedOn', 'is', null)).returningAll()
  })
}

const columns = [
  'customership',
  'id',
  'kind',
  'revision',
  'at',
  'by',
  'removed',
  'sealed',
  'worker',
  'day',
  'fromDay',
  'untilDay',
  'minutes',
  'product',
  'state',
  'tasks'
] as const satisfies (keyof EntryTable)[]

/** What a push has in hand, in the order in which it is written. */
export const gatheredTables = {
  customerships: { key: ['id'], changing: ['revision'] },
  entries: { key: ['customership', 'id'], changing: columns.slice(3) },
  operations: { key: ['id'], changing: null }
} as const satisfies HeldTables

/** No row comes back when the id is taken by another kind. */
function preparePut(
  database: Database<RegisterTables>
): (values: EntryTable) => Promise<{ revision: number }[]> {
  return database.prepare((db, value) => {
    const row = Object.fromEntries(
      columns.map((name) => [name, value(name)])
    ) as unknown as EntryTable
    return db
      .insertInto('entries')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['customership', 'id'])
          .doUpdateSet((given) =>
            Object.fromEntries(
              columns.slice(3).map((name) => [name, given.ref(`excluded.${name}`)])
            )
          )
          .whereRef('entries.kind', '=', 'excluded.kind')
      )
      .returning('revision')
  })
}
