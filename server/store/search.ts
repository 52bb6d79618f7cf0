import { sql } from 'kysely'
import type { CustomershipId } from '#contract/id.ts'
import { openText, type DataKey } from '#server/keys/data-key.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Database } from './database.ts'
import { entryAad } from './entry-rows.ts'
import { prefixesOf, wordsOf } from './search-words.ts'
import type { EntryTable, RegisterTables, SearchTables } from './tables.ts'

/** Between the start and the look at what lags behind. */
const restMilliseconds = 1000
/** How many are indexed in one commit before others get their turn. */
const atOnce = 20
/** How many are compared in one question. */
const comparedAtOnce = 200

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

  /** The longest word is looked up, since the fewest have it, and the others are asked of those alone. */
  async find(words: string): Promise<CustomershipId[]> {
    const beginnings = new Set(wordsOf(words).map((word) => prefixesOf(word).at(-1) ?? ''))
    const [rarest, ...others] = [...beginnings]
      .sort((a, b) => b.length - a.length)
      .map((beginning) => this.#keyStore.searchMac(beginning))
    if (!rarest) return []
    let query = this.#search.sql
      .selectFrom('tokens')
      // A letter finds all of a county: as one text they come in half the time of as many rows.
      .select(sql<string | null>`string_agg(customership, ',')`.as('ids'))
      .where('token', '=', rarest)
    for (const token of others)
      query = query.where((row) =>
        row.exists(
          row
            .selectFrom('tokens as other')
            .select('other.token')
            .where('other.token', '=', token)
            .whereRef('other.customership', '=', 'tokens.customership')
        )
      )
    const { ids } = await query.executeTakeFirstOrThrow()
    return ids === null ? [] : (ids.split(',') as CustomershipId[])
  }

  /** A failure here is caught up with at the next search: the commit that it follows stands. */
  async follow(customership: CustomershipId): Promise<void> {
    this.#behind.add(customership)
    await this.repair().catch(() => undefined)
  }

  /** One at a time, so that older tokens never overwrite newer ones. */
  repair(): Promise<void> {
    return this.#next(() => this.#catchUp())
  }

  /** Once whoever waits for the start is answered. A failure is caught up with at the next search. */
  repairBehind(): void {
    setTimeout(() => {
      this.repair().catch(() => undefined)
    }, restMilliseconds).unref()
  }

  #next(work: () => Promise<void>): Promise<void> {
    const next = this.#queue.then(work)
    this.#queue = next.catch(() => undefined)
    return next
  }

  /** Many, some at a time, so that whoever searches meanwhile waits for some only. */
  async followAll(
    customerships: readonly CustomershipId[],
    told: (done: number) => void
  ): Promise<void> {
    for (let at = 0; at < customerships.length; at += atOnce) {
      const some = customerships.slice(at, at + atOnce)
      try {
        await this.#next(() => this.#index(some))
      } catch {
        for (const id of some) this.#behind.add(id)
      }
      told(Math.min(at + atOnce, customerships.length))
      // Without this the loop would answer nobody: every wait above is one of this same turn.
      await new Promise(setImmediate)
    }
  }

  async rebuild(): Promise<void> {
    await this.#search.sql.deleteFrom('indexed').execute()
    this.#mayLag = true
    await this.repair()
  }

  async forget(customership: CustomershipId): Promise<void> {
    await this.#search.transact(() => this.#forgetAll([customership]))
  }

  async #forgetAll(customerships: readonly CustomershipId[]): Promise<void> {
    for (const table of ['tokens', 'indexed'] as const)
      await this.#search.sql.deleteFrom(table).where('customership', 'in', customerships).execute()
  }

  async #catchUp(): Promise<void> {
    if (this.#mayLag) await this.#findLagging()
    this.#mayLag = false
    const all = [...this.#behind]
    for (let at = 0; at < all.length; at += atOnce) {
      const some = all.slice(at, at + atOnce)
      for (const customership of some) this.#behind.delete(customership)
      try {
        await this.#index(some)
      } catch (error) {
        for (const customership of some) this.#behind.add(customership)
        throw error
      }
    }
  }

  /**
   * Those whose names are newer than their tokens, and those that have tokens and are no more: from id to
   * id, since one question for a whole county would have everybody wait.
   */
  async #findLagging(): Promise<void> {
    for (let after = ''; ;) {
      const ids = await this.#idsAfter(after)
      const last = ids.length < comparedAtOnce ? null : (ids.at(-1) ?? null)
      const named = await this.#namedAmong(ids)
      const indexed = await this.#indexedBetween(after, last)
      for (const [id, revision] of named) if (indexed.get(id) !== revision) this.#behind.add(id)
      for (const id of indexed.keys()) if (!named.has(id)) this.#behind.add(id)
      if (last === null) return
      after = last
      await new Promise(setImmediate)
    }
  }

  async #idsAfter(after: string): Promise<CustomershipId[]> {
    const rows = await this.#register.sql
      .selectFrom('customerships')
      .select('id')
      .where('id', '>', after as CustomershipId)
      .where('state', '<>', 'deleting')
      .orderBy('id')
      .limit(comparedAtOnce)
      .execute()
    return rows.map(({ id }) => id)
  }

  /** At which revision each got its names; what has none is not among them. */
  async #namedAmong(ids: readonly CustomershipId[]): Promise<ReadonlyMap<CustomershipId, number>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#register.sql
      .selectFrom('entries')
      .select(['customership', (row) => row.fn.max('revision').as('revision')])
      .where('customership', 'in', ids)
      .where('kind', 'in', ['profile', 'contact'])
      .groupBy('customership')
      .execute()
    return new Map(rows.map(({ customership, revision }) => [customership, revision]))
  }

  async #indexedBetween(
    after: string,
    last: CustomershipId | null
  ): Promise<ReadonlyMap<CustomershipId, number>> {
    let query = this.#search.sql
      .selectFrom('indexed')
      .selectAll()
      .where('customership', '>', after as CustomershipId)
    if (last !== null) query = query.where('customership', '<=', last)
    const rows = await query.execute()
    return new Map(rows.map(({ customership, revision }) => [customership, revision]))
  }

  async #index(customerships: readonly CustomershipId[]): Promise<void> {
    const rows = await this.#register.sql
      .selectFrom('entries')
      .innerJoin('customerships', 'customerships.id', 'entries.customership')
      .selectAll('entries')
      .where('entries.customership', 'in', customerships)
      .where('entries.kind', 'in', ['profile', 'contact'])
      .where('customerships.state', '<>', 'deleting')
      .execute()
    const byId = Map.groupBy(rows, ({ customership }) => customership)
    await this.#search.transact(async () => {
      await this.#forgetAll(customerships)
      for (const [customership, named] of byId) {
        const key = this.#keyStore.dataKey(customership)
        if (!key) continue
        const tokens = this.#tokensOf(named, key).map((token) => ({ token, customership }))
        await this.#search.insertAll('tokens', tokens)
        const revision = Math.max(...named.map((row) => row.revision))
        await this.#search.insertAll('indexed', [{ customership, revision }])
      }
    })
    // §7: what was read before a deletion was planned must not be written after its erasing.
    const there = await this.#there(customerships)
    const gone = customerships.filter((customership) => !there.has(customership))
    if (gone.length > 0) await this.#search.transact(() => this.#forgetAll(gone))
  }

  async #there(customerships: readonly CustomershipId[]): Promise<ReadonlySet<CustomershipId>> {
    const rows = await this.#register.sql
      .selectFrom('customerships')
      .select('id')
      .where('id', 'in', customerships)
      .where('state', '<>', 'deleting')
      .execute()
    return new Set(rows.map(({ id }) => id))
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
