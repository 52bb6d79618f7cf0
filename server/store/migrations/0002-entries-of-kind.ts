import type { Migration } from 'kysely/migration'

/** A customership's few assignments are asked for at every contact and stand among thousands of notes. */
export const entriesOfKind: Migration = {
  async up(db) {
    await db.schema
      .createIndex('entriesOfKind')
      .ifNotExists()
      .on('entries')
      .columns(['customership', 'kind'])
      .execute()
  }
}
