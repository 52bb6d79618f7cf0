import type { Migration } from 'kysely/migration'

/** What somebody printed today is counted without reading years of uses through. */
export const prints: Migration = {
  async up(db) {
    await db.schema
      .createIndex('usesPrinted')
      .ifNotExists()
      .on('uses')
      .columns(['user', 'at', 'kind'])
      .where('kind', '=', 'print')
      .execute()
  }
}
