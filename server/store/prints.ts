import type { PrintId, UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { PrintTable, RegisterTables } from './tables.ts'

type Destroyed = 'destroyedAt' | 'destroyedBy'

/** A print that somebody has said to be destroyed. */
export type DestroyedPrint = PrintTable & { readonly [K in Destroyed]: NonNullable<PrintTable[K]> }

/** §12: what was printed for our own work, until somebody says that it is destroyed; ids and codes only. */
export class Prints {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async add(print: Omit<PrintTable, Destroyed>): Promise<void> {
    await this.#database.sql
      .insertInto('prints')
      .values({ ...print, destroyedAt: null, destroyedBy: null })
      .execute()
    this.#database.show('office')
  }

  async find(id: PrintId): Promise<PrintTable | null> {
    const row = await this.#database.sql
      .selectFrom('prints')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ?? null
  }

  /** Those that nobody has destroyed, the oldest first; of everybody, or of one. */
  open(user?: UserId): Promise<PrintTable[]> {
    let query = this.#database.sql.selectFrom('prints').selectAll()
    if (user !== undefined) query = query.where('user', '=', user)
    return query.where('destroyedAt', 'is', null).orderBy('at').execute()
  }

  /** Whose they are. */
  async owners(ids: readonly string[]): Promise<ReadonlyMap<string, UserId>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#database.sql
      .selectFrom('prints')
      .select(['id', 'user'])
      .where('id', 'in', ids as readonly PrintId[])
      .execute()
    return new Map(rows.map(({ id, user }) => [id, user]))
  }

  /** Whoever says it first has destroyed it. Null: there is no such print. */
  async destroy(
    id: PrintId,
    { by, at }: { by: UserId; at: number }
  ): Promise<DestroyedPrint | null> {
    const { numUpdatedRows } = await this.#database.sql
      .updateTable('prints')
      .set({ destroyedAt: at, destroyedBy: by })
      .where('id', '=', id)
      .where('destroyedAt', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) this.#database.show('office')
    const found = await this.find(id)
    if (!found || found.destroyedAt === null || found.destroyedBy === null) return null
    return { ...found, destroyedAt: found.destroyedAt, destroyedBy: found.destroyedBy }
  }

  /** As long as the logs are kept, and no longer. What is open is destroyed first. */
  async eraseBefore(at: number): Promise<void> {
    await this.#database.sql.deleteFrom('prints').where('destroyedAt', '<', at).execute()
  }
}
