import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What came in last is asked of the whole register. */
export const entriesByTime: Migration = {
  async up(db) {
    await db.schema
      .createIndex('notesByTime')
      .ifNotExists()
      .on('entries')
      .columns(['kind', 'at'])
      .where(sql.ref('kind'), '=', sql.lit('note'))
      .execute()
  }
}
