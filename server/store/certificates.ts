import { certificateSchema, type Certificate } from '#contract/certificate.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

/** §7: what remains of a customership. A certificate names no person. */
export class Certificates {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** The newest first. */
  async list(): Promise<Certificate[]> {
    const rows = await this.#database.sql
      .selectFrom('certificates')
      .select('value')
      .orderBy('number', 'desc')
      .execute()
    return rows.map((row) => certificateSchema.parse(JSON.parse(row.value)))
  }

  async find(customership: CustomershipId): Promise<Certificate | null> {
    const row = await this.#database.sql
      .selectFrom('certificates')
      .select('value')
      .where('customership', '=', customership)
      .executeTakeFirst()
    return row ? certificateSchema.parse(JSON.parse(row.value)) : null
  }

  async findByNumber(number: string): Promise<Certificate | null> {
    const row = await this.#database.sql
      .selectFrom('certificates')
      .select('value')
      .where('number', '=', number)
      .executeTakeFirst()
    return row ? certificateSchema.parse(JSON.parse(row.value)) : null
  }

  /** When more is known: a tablet has confirmed, or the files were read through. */
  async replace(certificate: Certificate): Promise<void> {
    await this.#database.sql
      .updateTable('certificates')
      .set({ value: JSON.stringify(certificate) })
      .where('number', '=', certificate.number)
      .execute()
    this.#database.show('office')
  }
}
