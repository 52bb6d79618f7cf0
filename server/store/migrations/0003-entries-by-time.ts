import type { Migration } from 'kysely/migration'

/**
 * What came in last is asked of the whole register. Of every kind, since an index of notes alone would
 * have each question that names its kind by a parameter compiled anew.
 */
export const entriesByTime: Migration = {
  async up(db) {
    await db.schema
      .createIndex('entriesByKindAndTime')
      .ifNotExists()
      .on('entries')
      .columns(['kind', 'at'])
      .execute()
  }
}
