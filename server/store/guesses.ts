import { digestOf } from '#server/keys/digest.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

/** How often somebody failed, and when at last. */
export interface Failures {
  readonly count: number
  readonly last: number
}

/** Milliseconds. */
export const forgottenAfter = 60 * 60_000
const answeredWithin = 5 * 60_000

/** What a flood of made-up names cannot go beyond, of each table. */
const mostKept = 20_000
/** Looked at once in so many that come. */
const prunedEvery = 100

/** Of what names somebody or is a secret only this is kept. */
const hashed = (kind: string, name: string): string => digestOf(`${kind}\n${name}`)

/** Failures that slow guessing down, and challenges that are answered once: every process knows of both. */
export class Guesses {
  readonly #database: Database<RegisterTables>
  #added = 0

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /** From what is read to what is written in it nobody else counts. */
  inTurn<T>(use: () => Promise<T>): Promise<T> {
    return this.#database.transact(use)
  }

  async failures(kind: string, name: string): Promise<Failures | null> {
    const row = await this.#database.sql
      .selectFrom('guesses')
      .select(['count', 'last'])
      .where('name', '=', hashed(kind, name))
      .executeTakeFirst()
    return row ?? null
  }

  async setFailures(kind: string, name: string, failures: Failures): Promise<void> {
    await this.#database.sql
      .insertInto('guesses')
      .values({ name: hashed(kind, name), ...failures })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ ...failures }))
      .execute()
    await this.#prune(failures.last)
  }

  async clear(kind: string, name: string): Promise<void> {
    await this.#database.sql.deleteFrom('guesses').where('name', '=', hashed(kind, name)).execute()
  }

  /** `answerer` alone may answer it, within five minutes. */
  async open(kind: string, challenge: string, answerer: string, now: number): Promise<void> {
    const until = now + answeredWithin
    await this.#database.sql
      .insertInto('challenges')
      .values({ name: hashed(kind, challenge), for: hashed(kind, answerer), until })
      .execute()
    await this.#prune(now)
  }

  /** Whatever comes of it, the challenge is gone: of two who answer at once, one finds it. */
  async spend(kind: string, challenge: string, answerer: string, now: number): Promise<boolean> {
    const row = await this.#database.sql
      .deleteFrom('challenges')
      .where('name', '=', hashed(kind, challenge))
      .returning(['for', 'until'])
      .executeTakeFirst()
    return row !== undefined && row.for === hashed(kind, answerer) && now < row.until
  }

  /** What nobody waits for any more, and the oldest of what a flood has brought. */
  async #prune(now: number): Promise<void> {
    this.#added += 1
    if (this.#added % prunedEvery !== 0) return
    const { sql: db } = this.#database
    await db
      .deleteFrom('guesses')
      .where('last', '<', now - forgottenAfter)
      .execute()
    await db.deleteFrom('challenges').where('until', '<', now).execute()
    const failed = db.selectFrom('guesses').select('last').orderBy('last', 'desc')
    await db.deleteFrom('guesses').where('last', '<=', failed.offset(mostKept).limit(1)).execute()
    const opened = db.selectFrom('challenges').select('until').orderBy('until', 'desc')
    await db
      .deleteFrom('challenges')
      .where('until', '<=', opened.offset(mostKept).limit(1))
      .execute()
  }
}
