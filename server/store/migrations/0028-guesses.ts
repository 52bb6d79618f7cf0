import type { Migration } from 'kysely/migration'

/** Wrong attempts and open challenges, which every process counts together. */
export const guesses: Migration = {
  async up(db) {
    await db.schema
      .createTable('guesses')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('last', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('guessesByLast').on('guesses').column('last').execute()
    await db.schema
      .createTable('challenges')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('for', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('challengesByUntil').on('challenges').column('until').execute()
  }
}
