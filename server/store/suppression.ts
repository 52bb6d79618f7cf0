import type { CustomershipId } from '#contract/id.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Database } from './database.ts'
import type { SuppressionTables } from './tables.ts'

/**
 * Knows that a customership was deleted without remembering which: keyed HMACs in a file of their
 * own, and in a copy of it on another disk, so that a lost data disk does not bring anything back.
 */
export class Suppression {
  readonly #database: Database<SuppressionTables>
  readonly #copies: readonly Database<SuppressionTables>[]
  readonly #keyStore: KeyStore

  constructor(
    database: Database<SuppressionTables>,
    copies: readonly Database<SuppressionTables>[],
    keyStore: KeyStore
  ) {
    this.#database = database
    this.#copies = copies
    this.#keyStore = keyStore
  }

  /** Whatever one of the files knows, all of them know from here on. */
  async agree(): Promise<void> {
    for (const copy of this.#copies) await keep(this.#database, await macsOf(copy))
    const all = await macsOf(this.#database)
    for (const copy of this.#copies) await keep(copy, all)
  }

  /** Returns when every copy knows. */
  async add(id: CustomershipId): Promise<void> {
    const macs = [this.#keyStore.suppressionMac(id)]
    for (const copy of this.#copies) await keep(copy, macs)
    await keep(this.#database, macs)
  }

  async has(id: CustomershipId): Promise<boolean> {
    const row = await this.#database.sql
      .selectFrom('suppressed')
      .select('mac')
      .where('mac', '=', this.#keyStore.suppressionMac(id))
      .executeTakeFirst()
    return row !== undefined
  }

  /** Tells of many whether they were deleted, by one reading of the list. */
  async everyOne(): Promise<(id: CustomershipId) => boolean> {
    const macs = new Set((await macsOf(this.#database)).map((mac) => mac.toString('hex')))
    if (macs.size === 0) return () => false
    return (id) => macs.has(this.#keyStore.suppressionMac(id).toString('hex'))
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

async function macsOf({ sql }: Database<SuppressionTables>): Promise<Buffer[]> {
  const rows = await sql.selectFrom('suppressed').select('mac').execute()
  return rows.map(({ mac }) => mac)
}

async function keep(database: Database<SuppressionTables>, macs: readonly Buffer[]): Promise<void> {
  await database.transact(async () => {
    for (const mac of macs)
      await database.sql
        .insertInto('suppressed')
        .values({ mac })
        .onConflict((conflict) => conflict.column('mac').doNothing())
        .execute()
  })
}
