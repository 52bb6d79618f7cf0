import type { PasskeyId, UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { PasskeyTable, RegisterTables } from './tables.ts'

export interface StoredPasskey {
  readonly id: PasskeyId
  readonly user: UserId
  /** The authenticator's own id of it, base64url. */
  readonly credential: string
  /** COSE, base64url. */
  readonly publicKey: string
  /** How often it has signed, as it told last; 0 for ever where it does not count. */
  readonly counter: number
  readonly name: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly backedUp: boolean
}

/** The public halves of passkeys. What they derive for a vault never comes here. */
export class Passkeys {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** `known` when this very credential is registered, for whomever. */
  async add(passkey: StoredPasskey): Promise<'added' | 'known'> {
    const rows = await this.#database.sql
      .insertInto('passkeys')
      .values({ ...passkey, backedUp: passkey.backedUp ? 1 : 0 })
      .onConflict((conflict) => conflict.column('credential').doNothing())
      .returning('id')
      .execute()
    return rows.length === 1 ? 'added' : 'known'
  }

  async ofUser(user: UserId): Promise<StoredPasskey[]> {
    const rows = await this.#database.sql
      .selectFrom('passkeys')
      .selectAll()
      .where('user', '=', user)
      .orderBy('createdAt')
      .orderBy('id')
      .execute()
    return rows.map(readPasskey)
  }

  async findByCredential(credential: string): Promise<StoredPasskey | null> {
    const row = await this.#database.sql
      .selectFrom('passkeys')
      .selectAll()
      .where('credential', '=', credential)
      .executeTakeFirst()
    return row ? readPasskey(row) : null
  }

  /** False when its counter is no longer what it was when it was looked at: somebody else was faster. */
  async used(
    passkey: StoredPasskey,
    now: { counter: number; backedUp: boolean; at: number }
  ): Promise<boolean> {
    const rows = await this.#database.sql
      .updateTable('passkeys')
      .set({ counter: now.counter, backedUp: now.backedUp ? 1 : 0, lastUsedAt: now.at })
      .where('id', '=', passkey.id)
      .where('counter', '=', passkey.counter)
      .returning('id')
      .execute()
    return rows.length === 1
  }

  /** Only its owner's; another's is as one that does not exist. */
  async remove(id: PasskeyId, user: UserId): Promise<boolean> {
    const rows = await this.#database.sql
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('user', '=', user)
      .returning('id')
      .execute()
    return rows.length === 1
  }

  async removeOfUser(user: UserId): Promise<void> {
    await this.#database.sql.deleteFrom('passkeys').where('user', '=', user).execute()
  }
}

const readPasskey = (row: PasskeyTable): StoredPasskey => ({ ...row, backedUp: row.backedUp === 1 })
