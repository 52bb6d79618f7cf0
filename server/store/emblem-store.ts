import { emblemMediaTypeSchema, type EmblemAnswer } from '#contract/emblem.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

export interface Emblem extends EmblemAnswer {
  readonly bytes: Uint8Array
}

/** The organisation's own picture, beside its settings: no tablet and no form needs its bytes. */
export class EmblemStore {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async read(): Promise<Emblem | null> {
    const row = await this.#database.sql.selectFrom('emblem').selectAll().executeTakeFirst()
    if (!row) return null
    const { width, height, bytes } = row
    return { mediaType: emblemMediaTypeSchema.parse(row.mediaType), width, height, bytes }
  }

  async put(emblem: Emblem): Promise<void> {
    const row = { ...emblem, bytes: Buffer.from(emblem.bytes) }
    await this.#database.sql
      .insertInto('emblem')
      .values({ id: 1, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    this.#database.show('office')
  }

  async remove(): Promise<void> {
    await this.#database.sql.deleteFrom('emblem').execute()
    this.#database.show('office')
  }
}
