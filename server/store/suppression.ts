import type { CustomershipId } from '#contract/id.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Database } from './database.ts'
import type { SuppressionTables } from './tables.ts'

/** Knows that a customership was deleted without remembering which: keyed HMACs in a file of their own. */
export class Suppression {
  readonly #database: Database<SuppressionTables>
  readonly #keyStore: KeyStore

  constructor(database: Database<SuppressionTables>, keyStore: KeyStore) {
    this.#database = database
    this.#keyStore = keyStore
  }

  async add(id: CustomershipId): Promise<void> {
    await this.#database.sql
      .insertInto('suppressed')
      .values({ mac: this.#keyStore.suppressionMac(id) })
      .onConflict((conflict) => conflict.column('mac').doNothing())
      .execute()
  }

  async has(id: CustomershipId): Promise<boolean> {
    const row = await this.#database.sql
      .selectFrom('suppressed')
      .select('mac')
      .where('mac', '=', this.#keyStore.suppressionMac(id))
      .executeTakeFirst()
    return row !== undefined
  }

  /** Those of the ids that were deleted. */
  async among(ids: readonly CustomershipId[]): Promise<CustomershipId[]> {
    const macs = ids.map((id) => this.#keyStore.suppressionMac(id))
    const idByMac = new Map(ids.map((id, index) => [macs[index]?.toString('hex'), id]))
    const rows = await this.#database.sql
      .selectFrom('suppressed')
      .select('mac')
      .where('mac', 'in', macs)
      .execute()
    return rows.flatMap(({ mac }) => idByMac.get(mac.toString('hex')) ?? [])
  }
}
