import type { Migration } from 'kysely/migration'

/** How tables of other systems were read, by their headings. */
export const importMappings: Migration = {
  async up(db) {
    await db.schema
      .createTable('importMappings')
      .ifNotExists()
      .addColumn('headings', 'text', (column) => column.primaryKey())
      .addColumn('targets', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute()
  }
}
