import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumns } from './add-columns.ts'

/** SECURITY 19: the trail, and which of its lines each line of the logs is. */
export const trail: Migration = {
  async up(db) {
    await db.schema
      .createTable('trail')
      .ifNotExists()
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('commitment', 'text', (column) => column.notNull())
      .addColumn('link', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('checkpoints')
      .ifNotExists()
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('link', 'text', (column) => column.notNull())
      .addColumn('generation', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('sig', 'text', (column) => column.primaryKey())
      .execute()
    await db.schema
      .createTable('acts')
      .ifNotExists()
      .addColumn('line', 'integer', (column) => column.primaryKey())
      .addColumn('salt', sql`blob`, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('user', 'text')
      .addColumn('act', 'text', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('refused', 'integer')
      .execute()
    await addColumns(db, 'uses', { line: 'integer', salt: sql`blob` })
    await addColumns(db, 'disclosures', {
      line: 'integer',
      salt: sql`blob`,
      receiptLine: 'integer',
      receiptSalt: sql`blob`
    })
    for (const [name, table, columns] of [
      ['usesByLine', 'uses', ['line']],
      ['usesByTime', 'uses', ['at']],
      ['usesByUser', 'uses', ['user', 'at']],
      ['disclosuresByLine', 'disclosures', ['line']],
      ['disclosuresByReceipt', 'disclosures', ['receiptLine']],
      ['actsByTime', 'acts', ['at']]
    ] as const)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on(table)
        .columns([...columns])
        .execute()
  }
}
