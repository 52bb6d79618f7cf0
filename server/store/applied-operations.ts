import {
  operationIdSchema,
  type CustomershipId,
  type DeviceId,
  type OperationId,
  type UserId
} from '#contract/id.ts'
import type { FinalOutcome, OutcomeCode } from '#contract/outcome.ts'
import { macOf, openText, sealText, type DataKey } from '#server/keys/data-key.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import type { Database } from './database.ts'
import { orInHand } from './in-hand.ts'
import type { HeldOperationTable, OperationTable, RegisterTables } from './tables.ts'

export interface Decided {
  readonly outcome: FinalOutcome
  readonly code: OutcomeCode | null
  readonly revision: number | null
  readonly at: number
  /** Who decided, where a person did, and what the author is told. */
  readonly by?: UserId
  readonly reason?: string
}

/** The first, final answer to an operation; `decided` follows when it awaited a decision. */
export interface AppliedOperation extends Decided {
  readonly id: OperationId
  readonly device: DeviceId
  readonly seq: number
  readonly customership: CustomershipId | null
  readonly author: UserId | null
  readonly decided: Decided | null
}

/** What awaits a decision, opened. `payload` is the base64url text that was signed. */
export interface HeldOperation {
  readonly id: OperationId
  readonly device: DeviceId
  readonly seq: number
  readonly customership: CustomershipId | null
  readonly author: UserId | null
  readonly code: OutcomeCode
  readonly receivedAt: number
  readonly payload: string
  readonly sig: string
}

const heldAad = (row: Pick<HeldOperationTable, 'id' | 'device' | 'seq'>): string =>
  `kotikaynti/held/1\n${row.id}\n${row.device}\n${row.seq}`

const reasonAad = (id: OperationId): string => `kotikaynti/reason/1\n${id}`

const undecided = {
  decidedOutcome: null,
  decidedCode: null,
  decidedRevision: null,
  decidedAt: null,
  decidedBy: null,
  decidedReason: null
} as const

/** Each operation is answered once and for good; what awaits a decision is kept until it has one. */
export class AppliedOperations {
  readonly #database: Database<RegisterTables>
  readonly #keyStore: KeyStore
  readonly #find: (values: { id: OperationId }) => Promise<OperationTable[]>
  readonly #insert: (values: OperationTable) => Promise<unknown[]>

  constructor(database: Database<RegisterTables>, keyStore: KeyStore) {
    this.#database = database
    this.#keyStore = keyStore
    this.#find = orInHand(
      database,
      'operations',
      ({ id }) => [id],
      database.prepare((db, value) =>
        db.selectFrom('operations').selectAll().where('id', '=', value('id'))
      )
    )
    this.#insert = database.prepare((db, value) =>
      db.insertInto('operations').values({
        id: value('id'),
        device: value('device'),
        seq: value('seq'),
        customership: value('customership'),
        author: value('author'),
        outcome: value('outcome'),
        code: value('code'),
        revision: value('revision'),
        at: value('at'),
        mac: value('mac'),
        isOrphan: value('isOrphan'),
        decidedOutcome: value('decidedOutcome'),
        decidedCode: value('decidedCode'),
        decidedRevision: value('decidedRevision'),
        decidedAt: value('decidedAt'),
        decidedBy: value('decidedBy'),
        decidedReason: value('decidedReason')
      })
    )
  }

  async find(id: OperationId): Promise<AppliedOperation | null> {
    const [row] = await this.#find({ id })
    return row ? this.#read(row) : null
  }

  /** Whether the payload is the one that was recorded under this id, told by an HMAC under the data key. */
  async isRepeat(id: OperationId, payload: string): Promise<boolean> {
    const [row] = await this.#find({ id })
    const key = row && this.#keyThatHolds(row)
    return key ? macOf(key, payload).equals(row.mac) : false
  }

  async record(operation: Omit<AppliedOperation, 'decided'>, payload: string): Promise<void> {
    const { key, isOrphan } = this.#keyFor(operation.customership)
    const { id, device, seq, customership, author, outcome, code, revision, at } = operation
    const row = {
      ...{ id, device, seq, customership, author, outcome, code, revision, at },
      ...{ mac: macOf(key, payload), isOrphan, ...undecided }
    }
    const { inHand } = this.#database
    if (inHand) inHand.put('operations', row)
    else await this.#insert(row)
  }

  async readAhead(ids: readonly OperationId[]): Promise<void> {
    const { inHand, sql } = this.#database
    if (!inHand || ids.length === 0) return
    const rows = await sql.selectFrom('operations').selectAll().where('id', 'in', ids).execute()
    inHand.learnAll(
      'operations',
      rows,
      ids.map((id) => [id])
    )
  }

  /** When this id was first answered `newer-than-server`. */
  async firstSeen(id: OperationId, device: DeviceId, at: number): Promise<number> {
    const { sql } = this.#database
    await sql
      .insertInto('postponedOperations')
      .values({ id, device, firstAt: at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    const row = await sql
      .selectFrom('postponedOperations')
      .select('firstAt')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return row.firstAt
  }

  /** Sealed under the data key, never as the envelope it came in. Records the operation as awaiting a decision. */
  async hold(operation: HeldOperation): Promise<void> {
    const { payload, sig, receivedAt, code, ...rest } = operation
    await this.#database.transact(async () => {
      const { key, isOrphan } = this.#keyFor(operation.customership)
      const sealed = sealText(key, heldAad(operation), JSON.stringify({ payload, sig }))
      await this.#database.sql
        .insertInto('heldOperations')
        .values({ ...rest, code, receivedAt, isOrphan, sealed, settledAt: null })
        .execute()
      await this.#database.sql
        .deleteFrom('postponedOperations')
        .where('id', '=', operation.id)
        .execute()
      await this.record(
        { ...rest, outcome: 'awaiting-decision', code, revision: null, at: receivedAt },
        payload
      )
    })
    this.#database.show('office')
  }

  /**
   * Its id becomes free for what its device signs. What a person has yet to see of it stays, under an
   * id of its own.
   */
  async giveWay(id: OperationId): Promise<void> {
    await this.#database.transact(async () => {
      const { sql } = this.#database
      const [held] = await this.held({ id })
      await sql.deleteFrom('heldOperations').where('id', '=', id).execute()
      await sql.deleteFrom('operations').where('id', '=', id).execute()
      if (held) await this.hold({ ...held, id: operationIdSchema.parse(newUuidV4()) })
    })
  }

  /** Those without a decision, by device and number: the order in which they were written. */
  async held(
    filter: {
      customership?: CustomershipId
      author?: UserId
      device?: DeviceId
      id?: OperationId
    } = {}
  ): Promise<HeldOperation[]> {
    let query = this.#database.sql
      .selectFrom('heldOperations')
      .selectAll()
      .where('settledAt', 'is', null)
    if (filter.customership) query = query.where('customership', '=', filter.customership)
    if (filter.author) query = query.where('author', '=', filter.author)
    if (filter.device) query = query.where('device', '=', filter.device)
    if (filter.id) query = query.where('id', '=', filter.id)
    const rows = await query.orderBy('device').orderBy('seq').execute()
    return rows.flatMap((row) => {
      const key = this.#keyThatHolds(row)
      if (!key) return []
      const { sealed, isOrphan: _, settledAt: _none, ...facts } = row
      const opened = JSON.parse(openText(key, heldAad(row), sealed)) as Pick<
        HeldOperation,
        'payload' | 'sig'
      >
      return [{ ...facts, ...opened }]
    })
  }

  /** In which of these something waits for what is still to come: asked for all at once, and nearly always none. */
  async waitingAmong(ids: readonly CustomershipId[]): Promise<CustomershipId[]> {
    if (ids.length === 0) return []
    const rows = await this.#database.sql
      .selectFrom('heldOperations')
      .select('customership')
      .distinct()
      .where('settledAt', 'is', null)
      .where('code', '=', 'waits-for')
      .where('customership', 'in', [...ids])
      .execute()
    const found = new Set(rows.map(({ customership }) => customership))
    return ids.filter((id) => found.has(id))
  }

  async heldCount(customership?: CustomershipId): Promise<number> {
    let query = this.#database.sql
      .selectFrom('heldOperations')
      .select((row) => row.fn.countAll<number | string>().as('count'))
      .where('settledAt', 'is', null)
    if (customership) query = query.where('customership', '=', customership)
    return Number((await query.executeTakeFirstOrThrow()).count)
  }

  /** How many there are without a decision, by why they await one. */
  async heldByCode(): Promise<{ code: OutcomeCode; count: number }[]> {
    const rows = await this.#database.sql
      .selectFrom('heldOperations')
      .select((row) => ['code', row.fn.countAll<number | string>().as('count')])
      .where('settledAt', 'is', null)
      .groupBy('code')
      .orderBy('code')
      .execute()
    return rows.map(({ code, count }) => ({ code, count: Number(count) }))
  }

  /**
   * Keeps the outcome. What was applied stands in the record; what was not taken stays here, sealed as
   * it came, and goes with its customership.
   */
  async decide(id: OperationId, decided: Decided): Promise<void> {
    await this.#database.transact(async () => {
      // Asked for inside: outside, it would wait for the very transaction that it is part of.
      const { sql } = this.#database
      const [row] = await this.#find({ id })
      if (!row) throw new Error('what is decided was received')
      if (decided.outcome === 'applied')
        await sql.deleteFrom('heldOperations').where('id', '=', id).execute()
      else
        await sql
          .updateTable('heldOperations')
          .set({ settledAt: decided.at })
          .where('id', '=', id)
          .execute()
      await sql
        .updateTable('operations')
        .set({
          decidedOutcome: decided.outcome,
          decidedCode: decided.code,
          decidedRevision: decided.revision,
          decidedAt: decided.at,
          decidedBy: decided.by ?? null,
          decidedReason: this.#sealReason(row, decided.reason)
        })
        .where('id', '=', id)
        .execute()
      this.#database.show({ device: row.device })
    })
  }

  #sealReason(row: OperationTable, reason: string | undefined): Buffer | null {
    const key = this.#keyThatHolds(row)
    return key && reason !== undefined ? sealText(key, reasonAad(row.id), reason) : null
  }

  /**
   * What awaited a decision on a customership that is being deleted is discarded. Its row stays by
   * ids alone and belongs to nobody, so that the tablet which asks for the outcome is told one.
   */
  async discardHeld(customership: CustomershipId, at: number): Promise<void> {
    await this.#database.sql
      .updateTable('operations')
      .set({
        customership: null,
        author: null,
        decidedOutcome: 'discarded',
        decidedCode: 'customership-deleted',
        decidedRevision: null,
        decidedAt: at,
        decidedBy: null,
        decidedReason: null
      })
      .where('customership', '=', customership)
      .where('outcome', '=', 'awaiting-decision')
      .execute()
  }

  /** Of these, the ones of this device that awaited a decision and have one. */
  async decidedOf(device: DeviceId, ids: readonly OperationId[]): Promise<AppliedOperation[]> {
    if (ids.length === 0) return []
    const rows = await this.#database.sql
      .selectFrom('operations')
      .selectAll()
      .where('id', 'in', ids)
      .where('device', '=', device)
      .where('decidedOutcome', 'is not', null)
      .execute()
    const rowById = new Map(rows.map((row) => [row.id, row]))
    return [...new Set(ids)].flatMap((id) => {
      const row = rowById.get(id)
      return row ? [this.#read(row)] : []
    })
  }

  /** A customership without a key of its own never was one, as far as the register knows. */
  #keyFor(customership: CustomershipId | null): { key: DataKey; isOrphan: number } {
    const key = customership === null ? null : this.#keyStore.dataKey(customership)
    return key ? { key, isOrphan: 0 } : { key: this.#keyStore.orphanKey(), isOrphan: 1 }
  }

  /** Null once the key is destroyed: then nothing can be told of it any more. */
  #keyThatHolds(row: Pick<OperationTable, 'isOrphan' | 'customership'>): DataKey | null {
    if (row.isOrphan === 1) return this.#keyStore.orphanKey()
    return row.customership === null ? null : this.#keyStore.dataKey(row.customership)
  }

  #read(row: OperationTable): AppliedOperation {
    const { id, device, seq, customership, author, outcome, code, revision, at } = row
    const key = row.decidedReason && this.#keyThatHolds(row)
    const decided =
      row.decidedOutcome === null || row.decidedAt === null
        ? null
        : {
            outcome: row.decidedOutcome,
            code: row.decidedCode,
            revision: row.decidedRevision,
            at: row.decidedAt,
            ...(row.decidedBy ? { by: row.decidedBy } : {}),
            ...(key && row.decidedReason
              ? { reason: openText(key, reasonAad(id), row.decidedReason) }
              : {})
          }
    return { id, device, seq, customership, author, outcome, code, revision, at, decided }
  }
}
