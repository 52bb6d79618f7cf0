import type { DeviceId, UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

export interface Session {
  readonly user: UserId
  /** Set when it was opened by unlocking this device. */
  readonly device: DeviceId | null
  readonly createdAt: number
  readonly lastUsedAt: number
  /** When its user last gave the password or a passkey in it; null when only a device's key opened it. */
  readonly provedAt: number | null
}

/** Signed-in browsers, known by the hash of an opaque secret. How long they live is not decided here. */
export class Sessions {
  readonly #database: Database<RegisterTables>
  readonly #find: (values: { hash: string }) => Promise<Session[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#find = database.prepare((db, value) =>
      db
        .selectFrom('sessions')
        .select(['user', 'device', 'createdAt', 'lastUsedAt', 'provedAt'])
        .where('hash', '=', value('hash'))
    )
  }

  async start(hash: string, session: Session): Promise<void> {
    await this.#database.sql
      .insertInto('sessions')
      .values({ hash, ...session })
      .execute()
  }

  async find(hash: string): Promise<Session | null> {
    const [row] = await this.#find({ hash })
    return row ?? null
  }

  async touch(hash: string, at: number): Promise<void> {
    await this.#database.sql
      .updateTable('sessions')
      .set({ lastUsedAt: at })
      .where('hash', '=', hash)
      .execute()
  }

  async end(hash: string): Promise<void> {
    await this.#database.sql.deleteFrom('sessions').where('hash', '=', hash).execute()
  }

  async endOfUser(user: UserId, exceptHash?: string): Promise<void> {
    let query = this.#database.sql.deleteFrom('sessions').where('user', '=', user)
    if (exceptHash !== undefined) query = query.where('hash', '<>', exceptHash)
    await query.execute()
  }

  async endOfDevice(device: DeviceId): Promise<void> {
    await this.#database.sql.deleteFrom('sessions').where('device', '=', device).execute()
  }

  /** Those not used since. */
  async removeUnused(since: number): Promise<void> {
    await this.#database.sql.deleteFrom('sessions').where('lastUsedAt', '<', since).execute()
  }
}
