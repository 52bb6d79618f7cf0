import type { CustomershipId, RightsRequestId } from '#contract/id.ts'
import { emptyWork, rightsWorkSchema, type RightsWork } from '#contract/rights-request.ts'
import { openText, sealText, type DataKey } from '#server/keys/data-key.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

const workAad = (customership: CustomershipId, request: RightsRequestId) =>
  `kotikaynti/rights-work/1\n${customership}\n${request}`

/** §13: the words of one customership's requests, each a value sealed under its key. */
export class RightsWorks {
  readonly #database: Database<RegisterTables>
  readonly #customership: CustomershipId
  readonly #key: DataKey

  constructor(database: Database<RegisterTables>, customership: CustomershipId, key: DataKey) {
    this.#database = database
    this.#customership = customership
    this.#key = key
  }

  async read(request: RightsRequestId): Promise<RightsWork> {
    const row = await this.#database.sql
      .selectFrom('rightsWorks')
      .select('sealed')
      .where('customership', '=', this.#customership)
      .where('request', '=', request)
      .executeTakeFirst()
    if (!row) return emptyWork
    const text = openText(this.#key, workAad(this.#customership, request), row.sealed)
    return rightsWorkSchema.parse(JSON.parse(text))
  }

  async write(request: RightsRequestId, work: RightsWork): Promise<void> {
    const customership = this.#customership
    const sealed = sealText(this.#key, workAad(customership, request), JSON.stringify(work))
    await this.#database.sql
      .insertInto('rightsWorks')
      .values({ request, customership, sealed })
      .onConflict((conflict) => conflict.column('request').doUpdateSet({ sealed }))
      .execute()
  }
}
