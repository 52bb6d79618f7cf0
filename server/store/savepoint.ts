import { sql } from 'kysely'
import type { Asking } from './engines/engine.ts'

/** One name for all, so that each statement is prepared once: it always means the innermost. */
const statements = {
  begin: ['savepoint part'],
  keep: ['release savepoint part'],
  undo: ['rollback to savepoint part', 'release savepoint part']
} as const

export type SavepointCommand = keyof typeof statements

export async function setSavepoint(asking: Asking, command: SavepointCommand): Promise<void> {
  for (const statement of statements[command]) await sql.raw(statement).execute(asking)
}
