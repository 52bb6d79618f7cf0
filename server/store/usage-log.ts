import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'
import type { UsageKind } from '#contract/usage.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

/** Ids only: the log outlives the client's data by years. */
export interface Use {
  readonly customership: CustomershipId | null
  readonly user: UserId | null
  readonly device: DeviceId | null
  readonly kind: UsageKind
  readonly purpose: Purpose | null
  readonly at: number
}

export class UsageLog {
  readonly #database: Database<RegisterTables>
  readonly #append: (values: Use) => Promise<unknown[]>
  readonly #since: (values: Use) => Promise<unknown[]>
  readonly #same: (values: Use) => Promise<unknown[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#append = database.prepare((db, value) =>
      db.insertInto('uses').values({
        customership: value('customership'),
        user: value('user'),
        device: value('device'),
        kind: value('kind'),
        purpose: value('purpose'),
        at: value('at')
      })
    )
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
    await this.#database.transact(async () => {
      for (const use of uses) await this.#append(use)
    })
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
      .selectAll()
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
      .selectAll()
      .where('customership', '=', customership)
      .orderBy('at')
      .execute()
  }
}
