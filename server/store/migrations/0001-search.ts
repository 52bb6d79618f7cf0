import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

export const search: Migration = {
  async up(db) {
    await db.schema
      .createTable('tokens')
      .ifNotExists()
      .addColumn('token', bytes, (column) => column.notNull())
      .addColumn('customership', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('tokensKey', ['token', 'customership'])
      .execute()
    await db.schema
      .createIndex('tokensByCustomership')
      .ifNotExists()
      .on('tokens')
      .column('customership')
      .execute()
    await db.schema
      .createTable('indexed')
      .ifNotExists()
      .addColumn('customership', 'text', (column) => column.primaryKey())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .execute()
  }
}
