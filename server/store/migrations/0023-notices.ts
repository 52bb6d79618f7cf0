import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** §14: every version of the notice as it was published, whom it is told to, and the log of incidents. */
export const notices: Migration = {
  async up(db) {
    await db.schema
      .createTable('notices')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('effectiveFrom', 'text', (column) => column.notNull())
      .addColumn('isSignificant', 'integer', (column) => column.notNull())
      .addColumn('publishedAt', 'bigint')
      .addColumn('by', 'text')
      .addColumn('value', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('noticeTellings')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('customership', 'text', (column) => column.notNull())
      .addColumn('way', 'text')
      .addColumn('day', 'text')
      .addColumn('by', 'text')
      .addColumn('at', 'bigint')
      .addPrimaryKeyConstraint('noticeTellingsKey', ['version', 'customership'])
      .execute()
    await db.schema
      .createIndex('noticeTellingsByCustomership')
      .ifNotExists()
      .on('noticeTellings')
      .column('customership')
      .execute()
    await db.schema
      .createTable('incidents')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('noticedAt', 'bigint', (column) => column.notNull())
      .addColumn('authorityAt', 'bigint')
      .addColumn('closedAt', 'bigint')
      .addColumn('sealed', sql`blob`, (column) => column.notNull())
      .execute()
  }
}
