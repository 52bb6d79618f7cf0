import { sql } from 'kysely'
import { dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { markBytes } from './byte-search.ts'
import type { Database } from './database.ts'
import { registerMap } from './deletion-map.ts'
import type { RegisterTables } from './tables.ts'

export interface OpenMarks {
  readonly customership: CustomershipId
  /** As they lie on a disk, one after the other. */
  readonly marks: Buffer
}

/** Kept the other way round: a register that held them as they are would be found by its own search. */
const inverted = (marks: Buffer): Buffer => Buffer.from(marks.map((byte) => ~byte))

/**
 * §7: the beginnings of all sealed values of a customership, random bytes that tell nothing of
 * anybody, by which the byte scan knows whether one of them is left anywhere.
 */
export class Marks {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** In the transaction that commits the plan, while there is still something to mark. */
  async keep(customership: CustomershipId, keyMark: Buffer | null): Promise<void> {
    const marks = keyMark ? [keyMark] : []
    for (const [table, { by, columns }] of Object.entries(registerMap))
      for (const [column, content] of Object.entries(columns))
        if (content === 'sealed' && by !== null)
          marks.push(...(await this.#beginnings(table, column, by, customership)))
    await this.#database.sql
      .insertInto('marks')
      .values({ customership, marks: inverted(Buffer.concat(marks)), scannedAt: null })
      .onConflict((conflict) => conflict.column('customership').doNothing())
      .execute()
  }

  /** What was deleted and not yet looked for today. What is still being deleted may well be there. */
  async due(today: Day): Promise<OpenMarks[]> {
    const rows = await this.#database.sql
      .selectFrom('marks')
      .selectAll()
      .where('customership', 'not in', (db) => db.selectFrom('deletions').select('customership'))
      .execute()
    return rows
      .filter(({ scannedAt }) => scannedAt === null || dayAt(scannedAt) < today)
      .map(({ customership, marks }) => ({ customership, marks: inverted(marks) }))
  }

  /** Those that were found are looked for again; of what is nowhere, nothing need be known. */
  async scanned(customership: CustomershipId, at: number, found: number): Promise<void> {
    const { sql } = this.#database
    if (found > 0)
      await sql
        .updateTable('marks')
        .set({ scannedAt: at })
        .where('customership', '=', customership)
        .execute()
    else await sql.deleteFrom('marks').where('customership', '=', customership).execute()
  }

  async #beginnings(
    table: string,
    column: string,
    by: string,
    id: CustomershipId
  ): Promise<Buffer[]> {
    const { rows } = await sql<{ mark: Buffer }>`
      select substr(${sql.ref(column)}, 1, ${sql.lit(markBytes)}) as ${sql.ref('mark')}
      from ${sql.table(table)}
      where ${sql.ref(by)} = ${id} and ${sql.ref(column)} is not null
    `.execute(this.#database.sql)
    return rows.map(({ mark }) => mark).filter(({ length }) => length === markBytes)
  }
}
