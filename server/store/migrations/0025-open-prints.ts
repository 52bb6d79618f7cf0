import type { Migration } from 'kysely/migration'

/** §12: what was printed for our own work, and who destroyed it. */
export const openPrints: Migration = {
  async up(db) {
    await db.schema
      .createTable('prints')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('user', 'text', (column) => column.notNull())
      .addColumn('device', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('destroyedAt', 'bigint')
      .addColumn('destroyedBy', 'text')
      .execute()
    await db.schema
      .createIndex('printsOpen')
      .ifNotExists()
      .on('prints')
      .columns(['user', 'at', 'destroyedAt'])
      .where('destroyedAt', 'is', null)
      .execute()
  }
}
