import type { Migration } from 'kysely/migration'
import { addColumns } from './add-columns.ts'

/** Whether a tablet's browser promised to keep what lies there; null: it has not said. */
export const persisted: Migration = {
  async up(db) {
    await addColumns(db, 'devices', { persisted: 'integer' })
  }
}
