import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** SQLite has no "add if it is not there", and a migration that a crash cut begins again. */
async function addToSessions(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables()
  const sessions = tables.find(({ name }) => name === 'sessions')
  if (!sessions?.columns.some(({ name }) => name === 'provedAt'))
    await db.schema.alterTable('sessions').addColumn('provedAt', 'bigint').execute()
}

/** Passkeys, and when a session's user last gave one, or the password. */
export const passkeys: Migration = {
  async up(db) {
    await db.schema
      .createTable('passkeys')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user', 'text', (column) => column.notNull())
      .addColumn('credential', 'text', (column) => column.notNull().unique())
      .addColumn('publicKey', 'text', (column) => column.notNull())
      .addColumn('counter', 'bigint', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'bigint', (column) => column.notNull())
      .addColumn('lastUsedAt', 'bigint')
      .addColumn('backedUp', 'integer', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('passkeysByUser')
      .ifNotExists()
      .on('passkeys')
      .column('user')
      .execute()
    await addToSessions(db)
  }
}
