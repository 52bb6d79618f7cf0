import { sql } from 'kysely'
import { KeyStoreError } from '#server/keys/key-store-error.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

/** What the register knows of itself. */
export class Facts {
  readonly #database: Database<RegisterTables>
  #wroteAt = Number.NEGATIVE_INFINITY

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** Random, and the same until a backup is restored. */
  generation(): Promise<string> {
    return this.#once('generation', newUuidV4())
  }

  /** Tablets start afresh instead of going on from what this register no longer holds. */
  async renewGeneration(): Promise<void> {
    await this.generation()
    await this.#database.sql
      .updateTable('facts')
      .set({ value: newUuidV4() })
      .where('name', '=', 'generation')
      .execute()
  }

  /** Without the keys that it was written with, a register is noise: better not to start. */
  async requireKeysOf(signingKey: string): Promise<void> {
    if ((await this.#once('key-store', signingKey)) !== signingKey)
      throw new KeyStoreError('the key store in the keys folder does not belong to this register')
  }

  /** A write that reaches the disk, or fails. Anyone may ask, so it is done once a second at most. */
  async checkWritable(now: number): Promise<void> {
    if (Math.abs(now - this.#wroteAt) < 1000) return
    await this.#database.sql
      .insertInto('facts')
      .values({ name: 'heartbeat', value: String(now) })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((given) => ({ value: given.ref('excluded.value') }))
      )
      .execute()
    this.#wroteAt = now
  }

  /** One after the other, each given once: only inside a transaction, so that none is lost with what it was for. */
  async nextNumber(series: string): Promise<number> {
    if (!this.#database.isInside) throw new Error('a number is given in a transaction')
    const { value } = await this.#database.sql
      .insertInto('facts')
      .values({ name: `number/${series}`, value: '1' })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ value: sql<string>`cast(cast("facts"."value" as integer) + 1 as text)` })
      )
      .returning('value')
      .executeTakeFirstOrThrow()
    return Number(value)
  }

  /** When the newest backup was made, milliseconds since 1970. Null: none was. */
  async backupAt(): Promise<number | null> {
    const row = await this.#database.sql
      .selectFrom('facts')
      .select('value')
      .where('name', '=', 'backup-at')
      .executeTakeFirst()
    return row ? Number(row.value) : null
  }

  /** The value that was kept first. */
  async #once(name: string, value: string): Promise<string> {
    const { sql } = this.#database
    await sql
      .insertInto('facts')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    const row = await sql
      .selectFrom('facts')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return row.value
  }
}
