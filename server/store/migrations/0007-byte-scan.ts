import type { Migration } from 'kysely/migration'
import { sql, type Kysely } from 'kysely'
import { bytes } from '#server/store/database.ts'

/** SQLite has no "add if it is not there", and a migration that a crash cut begins again. */
async function addToDeletions(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = tables.find(({ name }) => name === 'deletions')?.columns.map(({ name }) => name)
  if (!known?.includes('kinds'))
    await db.schema.alterTable('deletions').addColumn('kinds', 'text').execute()
  if (!known?.includes('handOver'))
    await db.schema
      .alterTable('deletions')
      .addColumn('handOver', 'text', (column) => column.notNull().defaultTo(sql`'not-needed'`))
      .execute()
}

/** What a deletion counted and was told, and what the byte scan looks for after it. */
export const byteScan: Migration = {
  async up(db) {
    await addToDeletions(db)
    await db.schema
      .createTable('marks')
      .ifNotExists()
      .addColumn('customership', 'text', (column) => column.primaryKey())
      .addColumn('marks', bytes, (column) => column.notNull())
      .addColumn('scannedAt', 'bigint')
      .execute()
  }
}
