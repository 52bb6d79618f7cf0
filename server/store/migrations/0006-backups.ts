import type { Migration } from 'kysely/migration'
import { addColumns } from './add-columns.ts'

/** Up to which number each tablet's operations lie in a verified backup. */
export const backups: Migration = {
  up: (db) => addColumns(db, 'devices', { safeThrough: 'integer' })
}
