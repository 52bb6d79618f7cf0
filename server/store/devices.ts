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

  /** `vaultEpoch` and `outbox.last` only rise. */
  async contact(
    id: DeviceId,
    contact: {
      at: number
      leaseUntil?: number
      vaultEpoch?: number
      outbox?: { last: number; waiting: readonly number[] }
      isPersisted?: boolean | undefined
    }
  ): Promise<void> {
    await this.#database.transact(async () => {
      const known = await this.find(id)
      if (!known) return
      const { at, leaseUntil, vaultEpoch = 0, outbox, isPersisted } = contact
      const outboxLast = Math.max(known.outboxLast, outbox?.last ?? 0)
      const outboxWaiting = JSON.stringify(
        outbox ? await this.#stillWaiting(id, outbox.waiting) : known.outboxWaiting
      )
      await this.#set(id, {
        lastContactAt: at,
        leaseUntil: leaseUntil ?? known.leaseUntil,
        vaultEpoch: Math.max(known.vaultEpoch, vaultEpoch),
        outboxLast,
        outboxWaiting,
        ...(isPersisted === undefined ? {} : { persisted: Number(isPersisted) })
      })
      const isNews =
        outboxLast !== known.outboxLast || outboxWaiting !== JSON.stringify(known.outboxWaiting)
      if (isNews) this.#database.show()
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

  /** Each final outcome counts as received. What came early is kept until no number before it is missing. */
  async received(id: DeviceId, seqs: readonly number[]): Promise<void> {
    await this.#database.transact(async () => {
      const [device] = await this.#find({ id })
      if (!device) return
      const known = new Set((await this.#numbers({ id })).map(({ seq }) => seq))
      const early = new Set([...known, ...seqs].filter((seq) => seq > device.receivedThrough))
      let through = device.receivedThrough
      while (early.delete(through + 1)) through += 1
      if (through > device.receivedThrough) await this.#raiseThrough(id, through)
      for (const seq of early) if (!known.has(seq)) await this.#keepNumber({ id, seq })
    })
  }

  /** Not above `outbox.last`, not received, not waiting; the first of them, when a tablet's count runs wild. */
  async missing(id: DeviceId): Promise<number[]> {
    const [device] = await this.#find({ id })
    if (!device || device.receivedThrough >= device.outboxLast) return []
    const received = new Set((await this.#numbers({ id })).map((row) => row.seq))
    const waiting = new Set(JSON.parse(device.outboxWaiting) as number[])
    const missing: number[] = []
    for (let seq = device.receivedThrough + 1; seq <= device.outboxLast; seq += 1) {
      if (missing.length === mostMissing) break
      if (!received.has(seq) && !waiting.has(seq)) missing.push(seq)
    }
    return missing
  }

  /** Numbers that came early and now follow without a gap need no row of their own. */
  async #raiseThrough(id: DeviceId, through: number): Promise<void> {
    await this.#set(id, { receivedThrough: through })
    await this.#database.sql
      .deleteFrom('receivedNumbers')
      .where('device', '=', id)
      .where('seq', '<=', through)
      .execute()
  }

  /** A report made before its operations were answered says that they wait: what was received does not. */
  async #stillWaiting(id: DeviceId, reported: readonly number[]): Promise<number[]> {
    const [device] = reported.length > 0 ? await this.#find({ id }) : []
    if (!device) return []
    const received = new Set((await this.#numbers({ id })).map(({ seq }) => seq))
    return reported.filter((seq) => seq > device.receivedThrough && !received.has(seq))
  }

  async #set(id: DeviceId, change: Partial<Omit<DeviceTable, 'id'>>): Promise<void> {
    await this.#database.sql.updateTable('devices').set(change).where('id', '=', id).execute()
  }
}

function readDevice({ receivedThrough: _, persisted, ...row }: DeviceTable): Device {
  return {
    ...row,
    outboxWaiting: JSON.parse(row.outboxWaiting) as number[],
    isPersisted: persisted === null ? null : persisted === 1
  }
}
