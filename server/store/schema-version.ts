import { sql, type Kysely } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, type MigrationResult } from 'kysely/migration'
import type { Engine } from './engines/engine.ts'

/** A file of the store was written by a newer program. It was not touched. */
export class SchemaNewer extends Error {
  override readonly name = 'SchemaNewer'

  constructor(part: string, migration: string) {
    super(
      `${part} was written by a newer version of this program (it knows ${migration}): start that version again. Nothing was changed.`
    )
  }
}

/** The file is as it was: whatever a migration wrote before it threw was taken back. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'

  /** Of what was thrown its name and code alone: its message could carry a row. */
  constructor(part: string, results: readonly MigrationResult[] | undefined, cause: unknown) {
    const migration = results?.find(({ status }) => status === 'Error')?.migrationName
    const fault = cause instanceof Error ? cause.name : typeof cause
    const code = cause instanceof Error && 'code' in cause ? ` ${String(cause.code)}` : ''
    super(
      `${part} could not be brought to this version (${migration ?? 'before the first step'}: ${fault}${code}). It is as it was: start the former version, or mend the cause and start again.`,
      { cause }
    )
  }
}

/** The names of those that are done. Migrations go forward only: what a newer program wrote is not guessed at. Throws SchemaNewer. */
export async function requireKnownSchema<T>(
  db: Kysely<T>,
  { name: part, schema }: Pick<Engine, 'name' | 'schema'>,
  known: Readonly<Record<string, Migration>>
): Promise<ReadonlySet<string>> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const isOurs = (table: { name: string; schema?: string | undefined }) =>
    table.name === DEFAULT_MIGRATION_TABLE && (schema === null || table.schema === schema)
  if (!tables.some(isOurs)) return new Set()
  const table = sql.table(DEFAULT_MIGRATION_TABLE)
  const done = await sql<{ name: string }>`select name from ${table} order by name`.execute(db)
  for (const { name } of done.rows) if (!(name in known)) throw new SchemaNewer(part, name)
  return new Set(done.rows.map(({ name }) => name))
}
