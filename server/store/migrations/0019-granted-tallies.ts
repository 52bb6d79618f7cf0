import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What was granted to deleted customerships. Of those that were deleted before, nobody knows. */
export const grantedTallies: Migration = {
  async up(db) {
    const tables = await db.introspection.getTables()
    const known = tables.find(({ name }) => name === 'tallies')?.columns.map(({ name }) => name)
    for (const name of ['grantedCustomers', 'grantedMinutes'])
      if (!known?.includes(name))
        await db.schema
          .alterTable('tallies')
          .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(sql`0`))
          .execute()
  }
}
