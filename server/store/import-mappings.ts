import { importMappingSchema, type ImportMapping } from '#contract/import.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

const most = 50

/** How the tables of other systems were read before, by their headings alone. No cell of a table stands here. */
export class ImportMappings {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** The one used last comes first. */
  async list(): Promise<ImportMapping[]> {
    const rows = await this.#database.sql
      .selectFrom('importMappings')
      .selectAll()
      .orderBy('at', 'desc')
      .limit(most)
      .execute()
    return rows.map(({ headings, targets }) =>
      importMappingSchema.parse({
        headings: JSON.parse(headings) as unknown,
        targets: JSON.parse(targets) as unknown
      })
    )
  }

  /** The same headings again replace what was kept of them. */
  async keep({ headings, targets }: ImportMapping, at: number): Promise<void> {
    const row = { headings: JSON.stringify(headings), targets: JSON.stringify(targets), at }
    await this.#database.transact(async () => {
      const { sql } = this.#database
      await sql
        .insertInto('importMappings')
        .values(row)
        .onConflict((conflict) => conflict.column('headings').doUpdateSet(row))
        .execute()
      const kept = sql
        .selectFrom('importMappings')
        .select('headings')
        .orderBy('at', 'desc')
        .limit(most)
      await sql.deleteFrom('importMappings').where('headings', 'not in', kept).execute()
    })
  }
}
