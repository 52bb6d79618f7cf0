import type { CustomershipId } from '#contract/id.ts'
import type { DataKey } from '#server/keys/data-key.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { Answers } from './answers.ts'
import { ClosingRecordRow } from './closing-record.ts'
import type { CustomershipFacts } from './customership-facts.ts'
import { CustomershipReader, type BesideEntries } from './customership-reader.ts'
import type { Database } from './database.ts'
import { DocumentPages } from './document-pages.ts'
import type { EntryRows } from './entry-rows.ts'
import { Packages } from './packages.ts'
import { RightsWorks } from './rights-works.ts'
import type { RegisterTables } from './tables.ts'

/** What lies sealed of a customership, by its key. */
export class Opener {
  readonly #database: Database<RegisterTables>
  readonly #rows: EntryRows
  readonly #keyStore: KeyStore

  constructor(database: Database<RegisterTables>, rows: EntryRows, keyStore: KeyStore) {
    this.#database = database
    this.#rows = rows
    this.#keyStore = keyStore
  }

  /** Throws when it has none: whoever asks has met the customership. */
  key(id: CustomershipId): DataKey {
    const key = this.#keyStore.dataKey(id)
    if (!key) throw new Error('a customership has no key')
    return key
  }

  reader(facts: CustomershipFacts): CustomershipReader {
    const key = this.key(facts.id)
    return new CustomershipReader(this.#rows, facts, key, this.beside(facts.id, key))
  }

  /** What belongs to it and is no entry. */
  beside(id: CustomershipId, key: DataKey = this.key(id)): BesideEntries {
    return {
      pages: new DocumentPages(this.#database, id, key),
      packages: new Packages(this.#database, id, key),
      answers: new Answers(this.#database, id, key),
      record: new ClosingRecordRow(this.#database, id, key),
      rights: new RightsWorks(this.#database, id, key)
    }
  }
}
