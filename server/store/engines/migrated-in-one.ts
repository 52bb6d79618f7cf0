import { SqliteAdapter, SqliteDialect, type DialectAdapter } from 'kysely'

/**
 * Kysely runs migrations without a transaction on SQLite, though SQLite changes a schema inside one
 * as well as anything else. Here all that are due are one commit: a file is of the former version or
 * of this one, and nothing between.
 */
export class MigratedInOne extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
