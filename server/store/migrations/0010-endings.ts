import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

/** What the office writes down while a customership ends, sealed under that customership's key. */
export const endings: Migration = {
  async up(db) {
    await db.schema
      .createTable('endings')
      .ifNotExists()
      .addColumn('customership', 'text', (column) =>
        column.primaryKey().references('customerships.id')
      )
      .addColumn('holds', 'integer', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('endings_holds')
      .ifNotExists()
      .on('endings')
      .column('holds')
      .where('holds', '>', 0)
      .execute()
  }
}
