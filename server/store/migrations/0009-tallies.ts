import type { Migration } from 'kysely/migration'

const counts = [
  'customers',
  'completed',
  'cancelledInTime',
  'cancelledLate',
  'notAtHome',
  'cancelledByProvider',
  'plannedMinutes',
  'actualMinutes',
  'billableMinutes'
]

/** What deleted customerships were in the statistics. */
export const tallies: Migration = {
  async up(db) {
    const table = db.schema
      .createTable('tallies')
      .ifNotExists()
      .addColumn('month', 'text', (column) => column.notNull())
      .addColumn('organiser', 'text', (column) => column.notNull())
      .addColumn('product', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('talliesKey', ['month', 'organiser', 'product'])
    await counts
      .reduce((made, count) => made.addColumn(count, 'bigint', (column) => column.notNull()), table)
      .execute()
  }
}
