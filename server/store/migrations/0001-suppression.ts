import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

export const suppression: Migration = {
  async up(db) {
    await db.schema
      .createTable('suppressed')
      .ifNotExists()
      .addColumn('mac', bytes, (column) => column.primaryKey())
      .execute()
  }
}
