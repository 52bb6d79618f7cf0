import type { CustomershipId } from '#contract/id.ts'
import { isDiskFault } from '#server/keys/disk-fault.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Database } from './database.ts'
import { inSlices } from './in-slices.ts'
import { StoreUnavailable } from './store-unavailable.ts'
import type { Suppression } from './suppression.ts'
import type { RegisterTables } from './tables.ts'

/** A customership's id is used once, and has its key before anything is sealed under it. */
export class NewIds {
  readonly #database: Database<RegisterTables>
  readonly #keyStore: KeyStore
  readonly #suppression: Suppression

  constructor(database: Database<RegisterTables>, keyStore: KeyStore, suppression: Suppression) {
    this.#database = database
    this.#keyStore = keyStore
    this.#suppression = suppression
  }

  /** Which of them are taken, now or by one that is no more. */
  async used(ids: readonly CustomershipId[]): Promise<CustomershipId[]> {
    const found: CustomershipId[] = []
    for (const some of inSlices(ids)) {
      const rows = await this.#database.sql
        .selectFrom('customerships')
        .select('id')
        .where('id', 'in', some)
        .execute()
      found.push(...rows.map(({ id }) => id))
      found.push(...(await this.#suppression.among(some)))
    }
    return found
  }

  /** In both copies of the key store; a key that is never used opens nothing. */
  prepareKeys(ids: readonly CustomershipId[]): void {
    try {
      this.#keyStore.createDataKeys(ids)
    } catch (error) {
      throw isDiskFault(error) ? new StoreUnavailable('the key store refuses') : error
    }
  }
}
