import { sql } from 'kysely'
import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'
import type { UsageKind } from '#contract/usage.ts'
import type { Database } from './database.ts'
import type { RegisterTables, UseTable } from './tables.ts'
import { wordsOfUse } from './trail-words.ts'
import { endOfTrail, type Trail } from './trail.ts'

/** A statement names at most so many. */
const mostAsked = 500

const columns = ['customership', 'user', 'device', 'kind', 'purpose', 'at'] as const

/** Ids only: the log outlives the client's data by years. */
export interface Use {
  readonly customership: CustomershipId | null
  readonly user: UserId | null
  readonly device: DeviceId | null
  readonly kind: UsageKind
  readonly purpose: Purpose | null
  readonly at: number
}

/** A use and the line of the trail that it is. */
export type LoggedUse = Use & { readonly line: number }

export interface UsageSearch {
  readonly user?: UserId | undefined
  readonly customership?: CustomershipId | undefined
  readonly purpose?: Purpose | undefined
  readonly kind?: UsageKind | undefined
  /** Moments: from the first on, until before the second. */
  readonly from?: number
  readonly until?: number
  readonly before?: { readonly at: number; readonly line: number }
}

export class UsageLog {
  readonly #database: Database<RegisterTables>
  readonly #trail: Trail
  readonly #since: (values: Use) => Promise<unknown[]>
  readonly #same: (values: Use) => Promise<unknown[]>

  constructor(database: Database<RegisterTables>, trail: Trail) {
    this.#database = database
    this.#trail = trail
    this.#since = database.prepare((db, value) =>
      db
        .selectFrom('uses')
        .select('at')
        .where('customership', 'is not distinct from', value('customership'))
        .where('user', 'is not distinct from', value('user'))
        .where('device', 'is not distinct from', value('device'))
        .where('kind', '=', value('kind'))
        .where('purpose', 'is not distinct from', value('purpose'))
        .where('at', '>', value('at'))
        .limit(1)
    )
    this.#same = database.prepare((db, value) =>
      db
        .selectFrom('uses')
        .select('at')
        .where('customership', 'is not distinct from', value('customership'))
        .where('user', 'is not distinct from', value('user'))
        .where('device', 'is not distinct from', value('device'))
        .where('kind', '=', value('kind'))
        .where('at', '=', value('at'))
        .limit(1)
    )
  }

  async append(uses: readonly Use[]): Promise<void> {
    if (uses.length === 0) return
    await this.#database.joined(async () => {
      const places = await this.#trail.append(uses.map((use) => loggedOf('use', use)))
      await this.#database.insertAll(
        'uses',
        uses.map(({ customership, user, device, kind, purpose, at }, index) => ({
          ...{ customership, user, device, kind, purpose, at },
          ...{ line: null, salt: null, ...places[index] }
        }))
      )
    })
  }

  /** What is in no trail yet: from before there was one, or from a former register. Answers how many. */
  async adopt(most: number): Promise<number> {
    return this.#database.transact(async () => {
      const { sql: db, rowName } = this.#database
      const rows = await db
        .selectFrom('uses')
        .select([...columns, rowName.as('row')])
        .where('line', 'is', null)
        .orderBy('row')
        .limit(most)
        .execute()
      const places = await this.#trail.append(rows.map((use) => loggedOf('adopted', use)))
      for (const [index, { row }] of rows.entries())
        await db
          .updateTable('uses')
          .set({ ...places[index] })
          .where(sql<boolean>`${rowName} = ${row}`)
          .execute()
      return rows.length
    })
  }

  /** Those that are lines of the trail from the first to the last. */
  byLine(first: number, last: number): Promise<UseTable[]> {
    return this.#database.sql
      .selectFrom('uses')
      .selectAll()
      .where('line', '>=', first)
      .where('line', '<=', last)
      .execute()
  }

  /** Those of these lines of the trail that are still kept. */
  async atLines(lines: readonly number[]): Promise<LoggedUse[]> {
    const found: LoggedUse[] = []
    for (let from = 0; from < lines.length; from += mostAsked) {
      const some = await this.#database.sql
        .selectFrom('uses')
        .select([...columns, sql<number>`line`.as('line')])
        .where('line', 'in', lines.slice(from, from + mostAsked))
        .execute()
      found.push(...some)
    }
    return found
  }

  /** Whether the same was already written down after that time. */
  async hasSince(use: Omit<Use, 'at'>, after: number): Promise<boolean> {
    const [found] = await this.#since({ ...use, at: after })
    return found !== undefined
  }

  /** Whether this very use is written down already. */
  async has(use: Use): Promise<boolean> {
    const [found] = await this.#same(use)
    return found !== undefined
  }

  async eraseBefore(at: number): Promise<void> {
    await this.#database.sql.deleteFrom('uses').where('at', '<', at).execute()
  }

  /** A page, newest first, from a moment on and before a place. */
  async search(asked: UsageSearch, lines: number): Promise<LoggedUse[]> {
    const { user, customership, purpose, kind, from, until, before } = asked
    let query = this.#database.sql
      .selectFrom('uses')
      .select([...columns, sql<number>`coalesce(line, 0)`.as('line')])
    if (user !== undefined) query = query.where('user', '=', user)
    if (customership !== undefined) query = query.where('customership', '=', customership)
    if (purpose !== undefined) query = query.where('purpose', '=', purpose)
    if (kind !== undefined) query = query.where('kind', '=', kind)
    if (from !== undefined) query = query.where('at', '>=', from)
    if (until !== undefined) query = query.where('at', '<', until)
    if (before)
      query = query.where((row) =>
        row.or([
          row('at', '<', before.at),
          row.and([row('at', '=', before.at), row('line', '<', before.line)])
        ])
      )
    return query.orderBy('at', 'desc').orderBy('line', 'desc').limit(lines).execute()
  }

  /** How many times a user opened a client's data from one moment up to and with another. */
  async openings(user: UserId, from: number, until: number): Promise<number> {
    const { count } = await this.#database.sql
      .selectFrom('uses')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('user', '=', user)
      .where('kind', '=', 'open')
      .where('at', '>', from)
      .where('at', '<=', until)
      .executeTakeFirstOrThrow()
    return count
  }

  /** How many are lines of no trail, or of one that goes on beyond its end. */
  async strays(): Promise<number> {
    const { count } = await this.#database.sql
      .selectFrom('uses')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where((row) => row.or([row('line', 'is', null), row('line', '>', endOfTrail)]))
      .executeTakeFirstOrThrow()
    return count
  }

  /** How many times somebody printed for that purpose at the office since then: what is of one instant is one time. */
  async printsSince(user: UserId, purpose: Purpose, since: number): Promise<number> {
    const found = await this.#database.sql
      .selectFrom('uses')
      .select('at')
      .distinct()
      .where('user', '=', user)
      .where('device', 'is', null)
      .where('kind', '=', 'print')
      .where('purpose', '=', purpose)
      .where('at', '>=', since)
      .execute()
    return found.length
  }

  /** A page, newest first. What happened in one instant is never cut in two. */
  async latest(
    customership: CustomershipId,
    page: { before: number; lines: number }
  ): Promise<{ uses: Use[]; next: number | null }> {
    const [oldest] = await this.#before(customership, page.before)
      .select('at')
      .offset(page.lines - 1)
      .limit(1)
      .execute()
    const since = oldest?.at ?? 0
    const uses = await this.#before(customership, page.before)
      .select(columns)
      .where('at', '>=', since)
      .execute()
    const [more] = oldest
      ? await this.#before(customership, since).select('at').limit(1).execute()
      : []
    return { uses, next: more ? since : null }
  }

  #before(customership: CustomershipId, before: number) {
    return this.#database.sql
      .selectFrom('uses')
      .where('customership', '=', customership)
      .where('at', '<', before)
      .orderBy('at', 'desc')
  }

  of(customership: CustomershipId): Promise<Use[]> {
    return this.#database.sql
      .selectFrom('uses')
      .select(columns)
      .where('customership', '=', customership)
      .orderBy('at')
      .execute()
  }
}

const loggedOf = (kind: 'use' | 'adopted', use: Use) => ({
  kind,
  at: use.at,
  words: wordsOfUse(use),
  customership: use.customership
})
