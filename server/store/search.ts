import type { CustomershipId } from '#contract/id.ts'
import { openText, type DataKey } from '#server/keys/data-key.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Database } from './database.ts'
import { entryAad } from './entry-rows.ts'
import { prefixesOf, wordsOf } from './search-words.ts'
import type { EntryTable, RegisterTables, SearchTables } from './tables.ts'

/**
 * Finds customerships by the beginnings of names, from a file that holds no word: keyed HMACs only.
 * The file may be lost or lag behind; it is repaired from the register, revision by revision.
 */
export class SearchIndex {
  readonly #search: Database<SearchTables>
  readonly #register: Database<RegisterTables>
  readonly #keyStore: KeyStore
  readonly #behind = new Set<CustomershipId>()
  #queue: Promise<void> = Promise.resolve()
  #mayLag = true

  constructor(
    search: Database<SearchTables>,
    register: Database<RegisterTables>,
    keyStore: KeyStore
  ) {
    this.#search = search
    this.#register = register
    this.#keyStore = keyStore
  }

  async find(words: string): Promise<CustomershipId[]> {
    const beginnings = [...new Set(wordsOf(words).map((word) => prefixesOf(word).at(-1) ?? ''))]
    if (beginnings.length === 0) return []
    const tokens = beginnings.map((beginning) => this.#keyStore.searchMac(beginning))
    const rows = await this.#search.sql
      .selectFrom('tokens')
      .select('customership')
      .where('token', 'in', tokens)
      .groupBy('customership')
      .having((row) => row.fn.countAll<number>(), '=', tokens.length)
      .execute()
    return rows.map((row) => row.customership)
  }

  /** A failure here is caught up with at the next search: the commit that it follows stands. */
  async follow(customership: CustomershipId): Promise<void> {
    this.#behind.add(customership)
    await this.repair().catch(() => undefined)
  }

  /** One at a time, so that older tokens never overwrite newer ones. */
  repair(): Promise<void> {
    const next = this.#queue.then(() => this.#catchUp())
    this.#queue = next.catch(() => undefined)
    return next
  }

  async rebuild(): Promise<void> {
    await this.#search.sql.deleteFrom('indexed').execute()
    this.#mayLag = true
    await this.repair()
  }

  async forget(customership: CustomershipId): Promise<void> {
    await this.#search.transact(async () => {
      await this.#search.sql.deleteFrom('tokens').where('customership', '=', customership).execute()
      await this.#search.sql
        .deleteFrom('indexed')
        .where('customership', '=', customership)
        .execute()
    })
  }

  async #catchUp(): Promise<void> {
    if (this.#mayLag)
      for (const customership of await this.#lagging()) this.#behind.add(customership)
    this.#mayLag = false
    for (const customership of [...this.#behind]) {
      this.#behind.delete(customership)
      try {
        await this.#index(customership)
      } catch (error) {
        this.#behind.add(customership)
        throw error
      }
    }
  }

  /** Those whose names are newer than their tokens, and those that have tokens and are no more. */
  async #lagging(): Promise<CustomershipId[]> {
    const named = await this.#register.sql
      .selectFrom('entries')
      .innerJoin('customerships', 'customerships.id', 'entries.customership')
      .select('entries.customership')
      .select((row) => row.fn.max('entries.revision').as('revision'))
      .where('entries.kind', 'in', ['profile', 'contact'])
      .where('customerships.state', '<>', 'deleting')
      .groupBy('entries.customership')
      .execute()
    const rows = await this.#search.sql.selectFrom('indexed').selectAll().execute()
    const indexed = new Map(rows.map((row) => [row.customership, row.revision]))
    const lagging = named.filter(
      ({ customership, revision }) => indexed.get(customership) !== revision
    )
    for (const { customership } of named) indexed.delete(customership)
    return [...lagging.map(({ customership }) => customership), ...indexed.keys()]
  }

  async #index(customership: CustomershipId): Promise<void> {
    const rows = await this.#register.sql
      .selectFrom('entries')
      .innerJoin('customerships', 'customerships.id', 'entries.customership')
      .selectAll('entries')
      .where('entries.customership', '=', customership)
      .where('entries.kind', 'in', ['profile', 'contact'])
      .where('customerships.state', '<>', 'deleting')
      .execute()
    const key = this.#keyStore.dataKey(customership)
    await this.#search.transact(async () => {
      await this.forget(customership)
      if (rows.length === 0 || !key) return
      const tokens = this.#tokensOf(rows, key).map((token) => ({ token, customership }))
      if (tokens.length > 0) await this.#search.sql.insertInto('tokens').values(tokens).execute()
      const revision = Math.max(...rows.map((row) => row.revision))
      await this.#search.sql.insertInto('indexed').values({ customership, revision }).execute()
    })
    // §7: what was read before a deletion was planned must not be written after its erasing.
    if (!(await this.#isThere(customership))) await this.forget(customership)
  }

  async #isThere(customership: CustomershipId): Promise<boolean> {
    const row = await this.#register.sql
      .selectFrom('customerships')
      .select('id')
      .where('id', '=', customership)
      .where('state', '<>', 'deleting')
      .executeTakeFirst()
    return row !== undefined
  }

  #tokensOf(rows: readonly EntryTable[], key: DataKey): Buffer[] {
    const names = rows.flatMap((row) =>
      row.sealed ? namesIn(JSON.parse(openText(key, entryAad(row), row.sealed)) as Named) : []
    )
    const beginnings = new Set(names.flatMap(wordsOf).flatMap(prefixesOf))
    return [...beginnings].map((beginning) => this.#keyStore.searchMac(beginning))
  }
}

interface Named {
  readonly firstName?: { readonly value: string }
  readonly lastName?: { readonly value: string }
  readonly name?: string
}

/** A client's names, or the name of somebody to reach: a family is often asked for by the child's. */
function namesIn(data: Named): string[] {
  return [data.firstName?.value, data.lastName?.value, data.name].filter(
    (name) => name !== undefined
  )
}
