import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'
import { addColumns } from './add-columns.ts'

/** §13: requests of the client's rights, and since when a customership's processing is restricted. */
export const rightsRequests: Migration = {
  async up(db) {
    await addColumns(db, 'customerships', { restrictedOn: 'text' })
    await db.schema
      .createTable('rightsRequests')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('customership', 'text')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .addColumn('identified', 'text', (column) => column.notNull())
      .addColumn('receivedOn', 'text', (column) => column.notNull())
      .addColumn('registeredAt', 'bigint', (column) => column.notNull())
      .addColumn('registeredBy', 'text', (column) => column.notNull())
      .addColumn('extensionGround', 'text')
      .addColumn('extensionToldOn', 'text')
      .addColumn('outcome', 'text')
      .addColumn('answeredOn', 'text')
      .addColumn('channel', 'text')
      .addColumn('closedAt', 'bigint')
      .execute()
    await db.schema
      .createTable('rightsWorks')
      .ifNotExists()
      .addColumn('request', 'text', (column) => column.primaryKey())
      .addColumn('customership', 'text', (column) =>
        column.notNull().references('customerships.id')
      )
      .addColumn('sealed', bytes, (column) => column.notNull())
      .execute()
    for (const table of ['rightsRequests', 'rightsWorks'] as const)
      await db.schema
        .createIndex(`${table}Of`)
        .ifNotExists()
        .on(table)
        .column('customership')
        .execute()
  }
}
