import type { ReviewId, UserId } from '#contract/id.ts'
import type { Judgement } from '#contract/review.ts'
import type { Database } from './database.ts'
import type { RegisterTables, ReviewLineTable, ReviewTable } from './tables.ts'

export type DrawnReview = Omit<ReviewTable, 'closedAt' | 'closedBy'>

/** §12: which uses somebody looked at, and what they found. It outlives what it was about by naming nobody. */
export class Reviews {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async add(review: DrawnReview, lines: readonly number[]): Promise<void> {
    await this.#database.transact(async () => {
      const { sql } = this.#database
      const open = { closedAt: null, closedBy: null }
      await sql
        .insertInto('reviews')
        .values({ ...review, ...open })
        .execute()
      for (const line of lines)
        await sql
          .insertInto('reviewLines')
          .values({ review: review.id, line, revision: 0, ...unjudged })
          .execute()
    })
    this.#database.show('office')
  }

  async find(id: ReviewId): Promise<ReviewTable | null> {
    const row = await this.#database.sql
      .selectFrom('reviews')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ?? null
  }

  /** The latest drawn first. */
  list(): Promise<ReviewTable[]> {
    return this.#database.sql
      .selectFrom('reviews')
      .selectAll()
      .orderBy('startedAt', 'desc')
      .orderBy('id')
      .execute()
  }

  /** Of one review, or of all. */
  lines(review?: ReviewId): Promise<ReviewLineTable[]> {
    const query = this.#database.sql.selectFrom('reviewLines').selectAll().orderBy('line', 'desc')
    return (review === undefined ? query : query.where('review', '=', review)).execute()
  }

  /** When the latest was closed; null when none was. */
  async lastClosedAt(): Promise<number | null> {
    const { at } = await this.#database.sql
      .selectFrom('reviews')
      .select((row) => row.fn.max('closedAt').as('at'))
      .executeTakeFirstOrThrow()
    return at
  }

  async judge(
    review: ReviewId,
    { line, finding, consequence, based }: Judgement,
    { by, at }: { by: UserId; at: number }
  ): Promise<void> {
    await this.#database.sql
      .updateTable('reviewLines')
      .set({ revision: based + 1, finding, consequence, judgedBy: by, judgedAt: at })
      .where('review', '=', review)
      .where('line', '=', line)
      .execute()
    this.#database.show('office')
  }

  async close(review: ReviewId, { by, at }: { by: UserId; at: number }): Promise<void> {
    await this.#database.sql
      .updateTable('reviews')
      .set({ closedAt: at, closedBy: by })
      .where('id', '=', review)
      .execute()
    this.#database.show('office')
  }

  /** As long as the log that they are of; one that nobody closed no longer. */
  async eraseBefore(at: number): Promise<void> {
    await this.#database.transact(async () => {
      const { sql } = this.#database
      const old = await sql
        .selectFrom('reviews')
        .select('id')
        .where((row) => row(row.fn.coalesce('closedAt', 'startedAt'), '<', at))
        .execute()
      for (const { id } of old) {
        await sql.deleteFrom('reviewLines').where('review', '=', id).execute()
        await sql.deleteFrom('reviews').where('id', '=', id).execute()
      }
    })
  }
}

const unjudged = { finding: null, consequence: null, judgedBy: null, judgedAt: null } as const
