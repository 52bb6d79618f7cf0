import type { ColumnDataType, Expression, Kysely } from 'kysely'

/** SQLite has no "add if it is not there", and a migration that a crash cut begins again. */
export async function addColumns(
  db: Kysely<unknown>,
  table: string,
  columns: Readonly<Record<string, ColumnDataType | Expression<unknown>>>
): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name)
  for (const [name, type] of Object.entries(columns))
    if (!known?.includes(name)) await db.schema.alterTable(table).addColumn(name, type).execute()
}
