import { closingRecordSchema, emptyRecord, type ClosingRecord } from '#contract/closing.ts'
import type { CustomershipId } from '#contract/id.ts'
import { openText, sealText, type DataKey } from '#server/keys/data-key.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

const recordAad = (customership: CustomershipId) => `kotikaynti/ending/1\n${customership}`

/** What the office writes down while one customership ends: one value, sealed under its key. */
export class ClosingRecordRow {
  readonly #database: Database<RegisterTables>
  readonly #customership: CustomershipId
  readonly #key: DataKey

  constructor(database: Database<RegisterTables>, customership: CustomershipId, key: DataKey) {
    this.#database = database
    this.#customership = customership
    this.#key = key
  }

  /** Empty while nothing is written. */
  async read(): Promise<ClosingRecord> {
    const row = await this.#database.sql
      .selectFrom('endings')
      .select('sealed')
      .where('customership', '=', this.#customership)
      .executeTakeFirst()
    if (!row) return emptyRecord
    const text = openText(this.#key, recordAad(this.#customership), row.sealed)
    return closingRecordSchema.parse(JSON.parse(text))
  }

  async write(record: ClosingRecord): Promise<void> {
    const customership = this.#customership
    const holds = record.holds.filter(({ ended }) => !ended).length
    const sealed = sealText(this.#key, recordAad(customership), JSON.stringify(record))
    await this.#database.sql
      .insertInto('endings')
      .values({ customership, holds, sealed })
      .onConflict((conflict) => conflict.column('customership').doUpdateSet({ holds, sealed }))
      .execute()
  }
}
