import * as z from 'zod/mini'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

const factSchema = z.strictObject({
  /** The time at the last look, in milliseconds since 1970. */
  seenAt: z.number(),
  /** The clock leapt ahead then, by itself and until now unconfirmed. */
  leaptAt: z.nullable(z.number()),
  /** The time at the last look before the leap. */
  beforeLeap: z.nullable(z.number())
})

/** What the server knows of its own clock from one hour to the next, restarts between them. */
export type ClockFact = z.infer<typeof factSchema>

const name = 'clock'

export async function readClockFact({ sql }: Database<RegisterTables>): Promise<ClockFact | null> {
  const row = await sql
    .selectFrom('facts')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? factSchema.parse(JSON.parse(row.value)) : null
}

export async function writeClockFact(
  { sql }: Database<RegisterTables>,
  fact: ClockFact
): Promise<void> {
  await sql
    .insertInto('facts')
    .values({ name, value: JSON.stringify(fact) })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((given) => ({ value: given.ref('excluded.value') }))
    )
    .execute()
}
