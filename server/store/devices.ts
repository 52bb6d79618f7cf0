import type { DeviceId, UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { DeviceTable, RegisterTables } from './tables.ts'

export interface Device {
  readonly id: DeviceId
  readonly user: UserId
  readonly name: string
  /** Raw uncompressed P-256 point, base64url. */
  readonly signingKey: string
  readonly cookieHash: string
  readonly enrolledAt: number
  readonly revokedAt: number | null
  /** It was told to wipe itself and has answered that it holds nothing. */
  readonly wipedAt: number | null
  readonly lastContactAt: number | null
  readonly leaseUntil: number | null
  readonly outboxLast: number
  readonly outboxWaiting: readonly number[]
  /** Up to this number its operations lie in a verified backup, and need not be kept on the tablet. */
  readonly safeThrough: number | null
  /** The highest ever told. */
  readonly vaultEpoch: number
  /** Until when unlocking renews the session; null after sign-out, revocation or a changed password. */
  readonly unlockUntil: number | null
  /** Whether its browser promised to keep what lies there; null: it has not said. */
  readonly isPersisted: boolean | null
}

/** What a tablet says of its outbox: the highest number ever given, and those that still wait. */
interface OutboxReport {
  readonly last: number
  readonly waiting: readonly number[]
}

const mostMissing = 1000

/** Enrolled tablets and the numbers of their operations. */
export class Devices {
  readonly #database: Database<RegisterTables>
  readonly #find: (values: { id: DeviceId }) => Promise<DeviceTable[]>
  readonly #keepNumber: (values: { id: DeviceId; seq: number }) => Promise<unknown[]>
  readonly #numbers: (values: { id: DeviceId }) => Promise<{ seq: number }[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#find = database.prepare((db, value) =>
      db.selectFrom('devices').selectAll().where('id', '=', value('id'))
    )
    this.#keepNumber = database.prepare((db, value) =>
      db
        .insertInto('receivedNumbers')
        .values({ device: value('id'), seq: value('seq') })
        .onConflict((conflict) => conflict.doNothing())
    )
    this.#numbers = database.prepare((db, value) =>
      db
        .selectFrom('receivedNumbers')
        .select('seq')
        .where('device', '=', value('id'))
        .orderBy('seq')
    )
  }

  async enrol(
    device: Pick<
      Device,
      'id' | 'user' | 'name' | 'signingKey' | 'cookieHash' | 'enrolledAt' | 'unlockUntil'
    >
  ): Promise<void> {
    await this.#database.sql
      .insertInto('devices')
      .values({
        ...device,
        outboxLast: 0,
        outboxWaiting: '[]',
        receivedThrough: 0,
        vaultEpoch: 0
      })
      .execute()
    this.#database.show('office')
  }

  async find(id: DeviceId): Promise<Device | null> {
    const [row] = await this.#find({ id })
    return row ? readDevice(row) : null
  }

  async list(filter: { user?: UserId } = {}): Promise<Device[]> {
    let query = this.#database.sql.selectFrom('devices').selectAll()
    if (filter.user) query = query.where('user', '=', filter.user)
    return (await query.orderBy('enrolledAt').orderBy('id').execute()).map(readDevice)
  }

  async setCookie(id: DeviceId, hash: string): Promise<void> {
    await this.#set(id, { cookieHash: hash })
  }

  /** `vaultEpoch` and `outbox.last` only rise. Answers what is missing then. */
  async contact(
    id: DeviceId,
    contact: {
      at: number
      leaseUntil?: number
      vaultEpoch?: number
      outbox?: OutboxReport
      isPersisted?: boolean | undefined
    }
  ): Promise<number[]> {
    const { at, leaseUntil, vaultEpoch = 0, outbox, isPersisted } = contact
    return this.#database.joined(async () => {
      const [row] = await this.#find({ id })
      if (!row) return []
      const early = outbox && outbox.waiting.length > 0 ? await this.#early(id) : new Set<number>()
      const change = {
        ...(outbox ? reported(row, early, { at, outbox }) : { lastContactAt: at }),
        leaseUntil: leaseUntil ?? row.leaseUntil,
        vaultEpoch: Math.max(row.vaultEpoch, vaultEpoch),
        ...(isPersisted === undefined ? {} : { persisted: Number(isPersisted) })
      }
      await this.#set(id, change)
      this.#showNews(row, change)
      return this.#missingOf({ ...row, ...change })
    })
  }

  async revoke(id: DeviceId, at: number): Promise<void> {
    await this.#database.sql
      .updateTable('devices')
      .set({ revokedAt: at, unlockUntil: null })
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .execute()
    this.#database.show({ device: id })
  }

  /** Revoked by mistake, and not told yet. It opens no session by itself until its user has signed in. */
  async takeBack(id: DeviceId): Promise<void> {
    await this.#set(id, { revokedAt: null })
    this.#database.show({ device: id })
  }

  async wiped(id: DeviceId, at: number): Promise<void> {
    await this.#set(id, { wipedAt: at })
    this.#database.show('office')
  }

  async setUnlockUntil(id: DeviceId, until: number | null): Promise<void> {
    await this.#set(id, { unlockUntil: until })
  }

  /** Forbids renewal by unlocking on every device of the user. */
  async endUnlocksOf(user: UserId): Promise<void> {
    await this.#database.sql
      .updateTable('devices')
      .set({ unlockUntil: null })
      .where('user', '=', user)
      .execute()
  }

  /**
   * Each final outcome counts as received: what came early is kept until no number before it is missing.
   * With what the tablet reports of itself, if it does; answers what is missing then.
   */
  async took(
    id: DeviceId,
    seqs: readonly number[],
    contact: { at: number; outbox: OutboxReport } | null
  ): Promise<number[]> {
    return this.#database.joined(async () => {
      const [row] = await this.#find({ id })
      if (!row) return []
      const numbers = await this.#early(id)
      const early = new Set([...numbers, ...seqs].filter((seq) => seq > row.receivedThrough))
      const fresh = [...early].filter((seq) => !numbers.has(seq))
      let through = row.receivedThrough
      while (early.delete(through + 1)) through += 1
      const count = { ...row, receivedThrough: through }
      const report = contact ? reported(count, early, contact) : {}
      if (contact || through > row.receivedThrough)
        await this.#set(id, { receivedThrough: through, ...report })
      if (through > row.receivedThrough && numbers.size > 0) await this.#dropNumbers(id, through)
      for (const seq of fresh) if (early.has(seq)) await this.#keepNumber({ id, seq })
      this.#showNews(row, report)
      return missingOf({ ...count, ...report }, early)
    })
  }

  /** Not above `outbox.last`, not received, not waiting; the first of them, when a tablet's count runs wild. */
  async missing(id: DeviceId): Promise<number[]> {
    const [row] = await this.#find({ id })
    return row ? this.#missingOf(row) : []
  }

  /** Numbers that came early and now follow without a gap need no row of their own. */
  async #dropNumbers(id: DeviceId, through: number): Promise<void> {
    await this.#database.sql
      .deleteFrom('receivedNumbers')
      .where('device', '=', id)
      .where('seq', '<=', through)
      .execute()
  }

  /** Numbers that came early. */
  async #early(id: DeviceId): Promise<Set<number>> {
    return new Set((await this.#numbers({ id })).map(({ seq }) => seq))
  }

  async #missingOf(row: DeviceTable): Promise<number[]> {
    return row.receivedThrough >= row.outboxLast ? [] : missingOf(row, await this.#early(row.id))
  }

  #showNews(before: DeviceTable, now: Partial<DeviceTable>): void {
    const { outboxLast = before.outboxLast, outboxWaiting = before.outboxWaiting } = now
    if (outboxLast !== before.outboxLast || outboxWaiting !== before.outboxWaiting)
      this.#database.show()
  }

  /** Every contact sets the same columns, so each set of columns is asked for by one question. */
  async #set(id: DeviceId, change: Partial<Omit<DeviceTable, 'id'>>): Promise<void> {
    const columns = Object.keys(change) as (keyof typeof change)[]
    const name = columns.join()
    const setting = this.#settings.get(name) ?? this.#settingOf(columns)
    this.#settings.set(name, setting)
    await setting({ id, ...change })
  }
  readonly #settings = new Map<string, (values: Partial<DeviceTable>) => Promise<unknown[]>>()

  #settingOf(columns: readonly (keyof Omit<DeviceTable, 'id'>)[]) {
    return this.#database.prepare<Partial<DeviceTable>, unknown>((db, value) =>
      db
        .updateTable('devices')
        .set(Object.fromEntries(columns.map((column) => [column, value(column)])))
        .where('id', '=', value('id') as DeviceId)
    )
  }
}

function readDevice({ receivedThrough: _, persisted, ...row }: DeviceTable): Device {
  return {
    ...row,
    outboxWaiting: JSON.parse(row.outboxWaiting) as number[],
    isPersisted: persisted === null ? null : persisted === 1
  }
}

/** A report made before its operations were answered says that they wait: what was received does not. */
function reported(
  { outboxLast, receivedThrough }: DeviceTable,
  received: ReadonlySet<number>,
  { at, outbox: { last, waiting } }: { at: number; outbox: OutboxReport }
): Pick<DeviceTable, 'lastContactAt' | 'outboxLast' | 'outboxWaiting'> {
  const still = waiting.filter((seq) => seq > receivedThrough && !received.has(seq))
  return {
    lastContactAt: at,
    outboxLast: Math.max(outboxLast, last),
    outboxWaiting: JSON.stringify(still)
  }
}

function missingOf(
  { receivedThrough, outboxLast, outboxWaiting }: DeviceTable,
  received: ReadonlySet<number>
): number[] {
  const waiting = new Set(JSON.parse(outboxWaiting) as number[])
  const missing: number[] = []
  for (let seq = receivedThrough + 1; seq <= outboxLast; seq += 1) {
    if (missing.length === mostMissing) break
    if (!received.has(seq) && !waiting.has(seq)) missing.push(seq)
  }
  return missing
}
