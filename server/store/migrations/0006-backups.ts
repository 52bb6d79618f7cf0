import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** SQLite has no "add if it is not there", and a migration that a crash cut begins again. */
async function hasColumn(db: Kysely<unknown>): Promise<boolean> {
  const tables = await db.introspection.getTables()
  const devices = tables.find(({ name }) => name === 'devices')
  return devices?.columns.some(({ name }) => name === 'safeThrough') ?? false
}

/** Up to which number each tablet's operations lie in a verified backup. */
export const backups: Migration = {
  async up(db) {
    if (!(await hasColumn(db)))
      await db.schema.alterTable('devices').addColumn('safeThrough', 'integer').execute()
  }
}
