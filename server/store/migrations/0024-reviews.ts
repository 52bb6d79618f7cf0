import type { Migration } from 'kysely/migration'

/** §12: reviews of the uses in the log, and what was found of each that was drawn. */
export const reviews: Migration = {
  async up(db) {
    await db.schema
      .createTable('reviews')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('fromDay', 'text', (column) => column.notNull())
      .addColumn('untilDay', 'text', (column) => column.notNull())
      .addColumn('drawn', 'integer', (column) => column.notNull())
      .addColumn('unusual', 'integer', (column) => column.notNull())
      .addColumn('startedAt', 'bigint', (column) => column.notNull())
      .addColumn('startedBy', 'text', (column) => column.notNull())
      .addColumn('closedAt', 'bigint')
      .addColumn('closedBy', 'text')
      .execute()
    await db.schema
      .createTable('reviewLines')
      .ifNotExists()
      .addColumn('review', 'text', (column) => column.notNull().references('reviews.id'))
      .addColumn('line', 'integer', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('finding', 'text')
      .addColumn('consequence', 'text')
      .addColumn('judgedBy', 'text')
      .addColumn('judgedAt', 'bigint')
      .addPrimaryKeyConstraint('reviewLinesKey', ['review', 'line'])
      .execute()
  }
}
