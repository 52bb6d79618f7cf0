import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

export const packages: Migration = {
  async up(db) {
    await db.schema
      .createTable('packages')
      .ifNotExists()
      .addColumn('customership', 'text', (column) =>
        column.primaryKey().references('customerships.id')
      )
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('madeAt', 'integer', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('recordBytes', 'integer', (column) => column.notNull())
      .addColumn('recordSha256', 'text', (column) => column.notNull())
      .addColumn('archiveBytes', 'integer', (column) => column.notNull())
      .addColumn('archiveSha256', 'text', (column) => column.notNull())
      .addColumn('passphrase', bytes, (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('packagePieces')
      .ifNotExists()
      .addColumn('customership', 'text', (column) =>
        column.notNull().references('customerships.id')
      )
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('part', 'text', (column) => column.notNull())
      .addColumn('piece', 'integer', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('packagePiecesKey', ['customership', 'number', 'part', 'piece'])
      .execute()
  }
}
