import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

/** The organisation's own picture on its papers: one row, or none. */
export const emblem: Migration = {
  async up(db) {
    await db.schema
      .createTable('emblem')
      .ifNotExists()
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('mediaType', 'text', (column) => column.notNull())
      .addColumn('width', 'integer', (column) => column.notNull())
      .addColumn('height', 'integer', (column) => column.notNull())
      .addColumn('bytes', bytes, (column) => column.notNull())
      .execute()
  }
}
