import { newUuidV4 } from '#server/keys/secret.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

/** What the register knows of itself. */
export class Facts {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** Random, and the same until a backup is restored. */
  async generation(): Promise<string> {
    const { sql } = this.#database
    await sql
      .insertInto('facts')
      .values({ name: 'generation', value: newUuidV4() })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    const row = await sql
      .selectFrom('facts')
      .select('value')
      .where('name', '=', 'generation')
      .executeTakeFirstOrThrow()
    return row.value
  }

  /** A write that reaches the disk, or fails. */
  async beat(at: number): Promise<void> {
    await this.#database.sql
      .insertInto('facts')
      .values({ name: 'heartbeat', value: String(at) })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((given) => ({ value: given.ref('excluded.value') }))
      )
      .execute()
  }
}
