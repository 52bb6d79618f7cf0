import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const added = ['sentRevision', 'heldRevision', 'heldAt'] as const

/** SQLite has no "add if it is not there", and a migration that a crash cut begins again. */
async function addHoldingColumns(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = tables.find(({ name }) => name === 'holdings')?.columns.map(({ name }) => name)
  for (const column of added)
    if (!known?.includes(column))
      await db.schema.alterTable('holdings').addColumn(column, 'bigint').execute()
}

/** What each tablet has fetched, and the visits of a week without reading the register through. */
export const planning: Migration = {
  async up(db) {
    await addHoldingColumns(db)
    await db.schema
      .createIndex('entriesByDay')
      .ifNotExists()
      .on('entries')
      .columns(['day', 'worker'])
      .where('day', 'is not', null)
      .execute()
  }
}
