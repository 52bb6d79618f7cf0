import type { Migration } from 'kysely/migration'

/** §10: one line for each thing that left the house, kept as long as the lines of use are. */
export const disclosures: Migration = {
  async up(db) {
    await db.schema
      .createTable('disclosures')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('customership', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('reference', 'text')
      .addColumn('recipient', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('ground', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text')
      .addColumn('receiptAt', 'bigint')
      .addColumn('receiptCode', 'text')
      .execute()
    for (const [name, columns] of [
      ['disclosuresByTime', ['at', 'id']],
      ['disclosuresOf', ['customership', 'at']]
    ] as const)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on('disclosures')
        .columns([...columns])
        .execute()
  }
}
