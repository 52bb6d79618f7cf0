import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { expect, test } from 'vitest'
import { Database } from './database.ts'
import { SqliteEngine } from './engines/sqlite.ts'
import { SchemaNewer } from './schema-version.ts'

const first: Migration = {
  async up(db) {
    await db.schema.createTable('notes').addColumn('text', 'text').execute()
    await sql`insert into notes (text) values ('kept')`.execute(db)
  }
}
const second: Migration = {
  async up(db) {
    await db.schema.alterTable('notes').addColumn('at', 'integer').execute()
  }
}
const throwing: Migration = {
  async up(db) {
    await db.schema.createTable('half').addColumn('text', 'text').execute()
    await sql`update notes set text = 'changed'`.execute(db)
    throw new Error('cut in the middle')
  }
}

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'kotikaynti-schema-')), 'notes.db')
}

/** Everything of a file as it says it: its schema, and what stands in it. */
function contentOf(path: string): unknown {
  const db = new Sqlite(path, { readonly: true })
  try {
    return {
      schema: db.prepare('select name, sql from sqlite_schema order by name').all(),
      notes: db.prepare('select * from notes').all(),
      done: db.prepare('select name from kysely_migration order by name').all()
    }
  } finally {
    db.close()
  }
}

test('a migration that throws takes those before it back, and the former program opens the file', async () => {
  const path = newPath()
  await (await Database.open(new SqliteEngine(path), { '0001': first })).close()
  const before = contentOf(path)
  const upgrade = { '0001': first, '0002': second, '0003': throwing }
  await expect(Database.open(new SqliteEngine(path), upgrade)).rejects.toThrow(
    'notes.db could not be brought to this version (0003: Error). It is as it was'
  )
  expect(contentOf(path)).toEqual(before)
  const database = await Database.open<{ notes: { text: string } }>(new SqliteEngine(path), {
    '0001': first
  })
  expect(await database.sql.selectFrom('notes').selectAll().execute()).toEqual([{ text: 'kept' }])
  await database.close()
})

test('what a newer program wrote is refused in one line, and not a byte of it changes', async () => {
  const path = newPath()
  await (
    await Database.open(new SqliteEngine(path), { '0001': first, '0009-newer': second })
  ).close()
  const before = readFileSync(path)
  const opening = Database.open(new SqliteEngine(path), { '0001': first, '0002': throwing })
  await expect(opening).rejects.toThrow(SchemaNewer)
  await expect(opening).rejects.toThrow(
    /^notes\.db was written by a newer version .* 0009-newer.*Nothing was changed\.$/
  )
  expect(readFileSync(path).equals(before)).toBe(true)
})
