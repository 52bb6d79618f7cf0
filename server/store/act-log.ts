import type { UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { ActTable, RegisterTables } from './tables.ts'
import { wordsOfAct, wordsOfRefusal } from './trail-words.ts'
import { endOfTrail, type Trail } from './trail.ts'

/** What somebody does beside the data of clients: to accounts, tablets and settings. Codes and ids only. */
export interface Act {
  readonly user: UserId | null
  /** The request as it is mounted: `PUT /api/office/users/:id`. */
  readonly act: string
  /** The id in its address, where there is one. */
  readonly subject: string | null
  readonly at: number
}

export interface ActLine extends Act {
  readonly line: number
  readonly isRefused: boolean
}

/** Appended to; of a line only its refusal comes later. */
export class ActLog {
  readonly #database: Database<RegisterTables>
  readonly #trail: Trail

  constructor(database: Database<RegisterTables>, trail: Trail) {
    this.#database = database
    this.#trail = trail
  }

  /** Answers which line of the trail it is. */
  append(act: Act): Promise<number> {
    return this.#database.transact(async () => {
      const logged = {
        kind: 'act',
        at: act.at,
        words: wordsOfAct(act),
        customership: null
      } as const
      const [place] = await this.#trail.append([logged])
      if (!place?.salt) throw new Error('an act keeps its salt')
      const { line, salt } = place
      await this.#database.sql
        .insertInto('acts')
        .values({ ...act, line, salt, refused: null })
        .execute()
      return line
    })
  }

  /** It was asked for, and not done. */
  async refuse(line: number, at: number): Promise<void> {
    await this.#database.transact(async () => {
      const { salt } = await this.#database.sql
        .selectFrom('acts')
        .select('salt')
        .where('line', '=', line)
        .executeTakeFirstOrThrow()
      const words = wordsOfRefusal(line)
      const refused = await this.#trail.appendUnder(salt, { kind: 'refusal', at, words })
      await this.#database.sql
        .updateTable('acts')
        .set({ refused })
        .where('line', '=', line)
        .execute()
    })
  }

  async eraseBefore(at: number): Promise<void> {
    await this.#database.sql.deleteFrom('acts').where('at', '<', at).execute()
  }

  /** How many are lines of a trail that goes on beyond its end. */
  async strays(): Promise<number> {
    const { count } = await this.#database.sql
      .selectFrom('acts')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('line', '>', endOfTrail)
      .executeTakeFirstOrThrow()
    return count
  }

  /** Those that, or whose refusals, are lines of the trail from the first to the last. */
  byLine(first: number, last: number): Promise<ActTable[]> {
    return this.#database.sql
      .selectFrom('acts')
      .selectAll()
      .where((row) =>
        row.or([row.between('line', first, last), row.between('refused', first, last)])
      )
      .execute()
  }

  /** Newest first, before that line. */
  async latest(o: { before: number; lines: number; user?: UserId }): Promise<ActLine[]> {
    let query = this.#database.sql.selectFrom('acts').selectAll().where('line', '<', o.before)
    if (o.user !== undefined) query = query.where('user', '=', o.user)
    const rows = await query.orderBy('line', 'desc').limit(o.lines).execute()
    return rows.map(({ line, user, act, subject, at, refused }) => ({
      ...{ line, user, act, subject, at },
      isRefused: refused !== null
    }))
  }
}
