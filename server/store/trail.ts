import { sql } from 'kysely'
import type { CustomershipId } from '#contract/id.ts'
import {
  linkedText,
  trailHead,
  type Checkpoint,
  type TrailKind,
  type TrailLine
} from '#contract/trail.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { commitTo, newSalt, saltUnder } from '#server/keys/trail-salt.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

/** What is logged, as the trail takes it. */
export interface Logged {
  readonly kind: TrailKind
  readonly at: number
  /** As `trail-words.ts` writes them. */
  readonly words: string
  readonly customership: CustomershipId | null
}

/** Where it stands. `salt` is null where the key of the customership gives it. */
export interface Place {
  readonly line: number
  readonly salt: Buffer | null
}

/** The number of the last line, for a question about others. */
export const endOfTrail = sql<number>`(select coalesce(max(number), 0) from trail)`

type Head = Pick<TrailLine, 'number' | 'link'>

const beginning: Head = { number: 0, link: digestOf(trailHead) }

/** SECURITY 19: appended to, in the transaction of what it tells of, and never changed. */
export class Trail {
  readonly #database: Database<RegisterTables>
  readonly #keyStore: KeyStore
  readonly #last: (values: object) => Promise<Head[]>
  readonly #insert: (line: TrailLine) => Promise<unknown[]>

  constructor(database: Database<RegisterTables>, keyStore: KeyStore) {
    this.#database = database
    this.#keyStore = keyStore
    this.#last = database.prepare((db) =>
      db.selectFrom('trail').select(['number', 'link']).orderBy('number', 'desc').limit(1)
    )
    this.#insert = database.prepare((db, value) =>
      db.insertInto('trail').values({
        number: value('number'),
        at: value('at'),
        kind: value('kind'),
        commitment: value('commitment'),
        link: value('link')
      })
    )
  }

  async append(logged: readonly Logged[]): Promise<Place[]> {
    if (!this.#database.isInside) throw new Error('the trail grows with what it tells of')
    let head: Head = await this.head()
    const places: Place[] = []
    const lines: TrailLine[] = []
    for (const { kind, at, words, customership } of logged) {
      const line = head.number + 1
      const drawn = this.saltOf(line, null, customership)
      const salt = drawn ?? newSalt()
      const next = linked(head, { kind, at, commitment: commitTo(salt, words) })
      lines.push(next)
      head = next
      places.push({ line, salt: drawn ? null : salt })
    }
    await this.#database.insertAll('trail', lines)
    return places
  }

  /** A line that speaks of another, whose salt is kept: with that salt. */
  async appendUnder(salt: Buffer, logged: Omit<Logged, 'customership'>): Promise<number> {
    const { kind, at, words } = logged
    const grown = await this.#grow(await this.head(), {
      kind,
      at,
      commitment: commitTo(salt, words)
    })
    return grown.number
  }

  /** Which life of the register the lines from here on are of; said once in each. */
  async ensureBegun(generation: string, at: number): Promise<void> {
    await this.#database.transact(async () => {
      const [known] = await this.#database.sql
        .selectFrom('facts')
        .select('value')
        .where('name', '=', generationFact)
        .execute()
      if (known?.value === generation) return
      const head = await this.head()
      const kind = head.number === 0 ? 'begun' : 'restored'
      await this.#grow(head, { kind, at, commitment: digestOf(generation) })
      await this.#database.sql
        .insertInto('facts')
        .values({ name: generationFact, value: generation })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: generation }))
        .execute()
    })
  }

  async head(): Promise<Head> {
    const [last] = await this.#last({})
    return last ?? beginning
  }

  /** Of what is written from here on; null: the key of its customership is gone. */
  saltOf(line: number, salt: Buffer | null, customership: CustomershipId | null): Buffer | null {
    if (salt) return salt
    const key = customership && this.#keyStore.dataKey(customership)
    return key ? saltUnder(key, line) : null
  }

  /** Lines after `number`, oldest first. */
  after(number: number, most: number): Promise<TrailLine[]> {
    return this.#database.sql
      .selectFrom('trail')
      .selectAll()
      .where('number', '>', number)
      .orderBy('number')
      .limit(most)
      .execute()
  }

  async keep(checkpoint: Checkpoint): Promise<void> {
    await this.#database.sql.insertInto('checkpoints').values(checkpoint).execute()
  }

  checkpoints(): Promise<Checkpoint[]> {
    return this.#database.sql
      .selectFrom('checkpoints')
      .selectAll()
      .orderBy('at')
      .orderBy('number')
      .execute()
  }

  async #grow(head: Head, said: Said): Promise<Head> {
    const line = linked(head, said)
    await this.#insert(line)
    return line
  }
}

type Said = Pick<TrailLine, 'kind' | 'at' | 'commitment'>

/** The next line after the last one. */
function linked(head: Head, said: Said): TrailLine {
  const next = { ...said, number: head.number + 1 }
  return { ...next, link: digestOf(linkedText(head.link, next)) }
}

const generationFact = 'trail-generation'
