import type { Migration } from 'kysely/migration'
import { addColumns } from './add-columns.ts'

const added = { sentRevision: 'bigint', heldRevision: 'bigint', heldAt: 'bigint' } as const

/** What each tablet has fetched, and the visits of a week without reading the register through. */
export const planning: Migration = {
  async up(db) {
    await addColumns(db, 'holdings', added)
    await db.schema
      .createIndex('entriesByDay')
      .ifNotExists()
      .on('entries')
      .columns(['day', 'worker'])
      .where('day', 'is not', null)
      .execute()
  }
}
