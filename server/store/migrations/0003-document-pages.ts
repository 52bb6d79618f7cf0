import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

const table = (db: Kysely<unknown>, name: string) =>
  db.schema
    .createTable(name)
    .ifNotExists()
    .addColumn('customership', 'text', (column) => column.notNull().references('customerships.id'))
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('page', 'integer', (column) => column.notNull())

export const documentPages: Migration = {
  async up(db) {
    await table(db, 'pages')
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('mediaType', 'text', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('pagesKey', ['customership', 'document', 'page'])
      .execute()
    await db.schema
      .createIndex('pagesByDocument')
      .ifNotExists()
      .on('pages')
      .columns(['document', 'page'])
      .execute()
    await table(db, 'pageParts')
      .addColumn('part', 'integer', (column) => column.notNull())
      .addColumn('parts', 'integer', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('pagePartsKey', ['customership', 'document', 'page', 'part'])
      .execute()
  }
}
