import { toMoment } from '#contract/day.ts'
import type { CustomershipId, RightsRequestId } from '#contract/id.ts'
import type { RightsCodes } from '#contract/rights-request.ts'
import type { Database } from './database.ts'
import type { RegisterTables, RightsRequestTable } from './tables.ts'

export type RightsStep = Partial<
  Pick<
    RightsCodes,
    'identified' | 'receivedOn' | 'extension' | 'outcome' | 'answeredOn' | 'channel'
  >
> & { readonly closedAt?: number }

/** §13: that somebody asked, what and when, and how it ended: codes that name nobody. */
export class RightsRequests {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async add(request: Omit<RightsRequestTable, Later>): Promise<void> {
    await this.#database.sql
      .insertInto('rightsRequests')
      .values({ ...request, ...nothingYet })
      .execute()
    this.#database.show('office')
  }

  async find(id: RightsRequestId): Promise<RightsCodes | null> {
    const row = await this.#database.sql
      .selectFrom('rightsRequests')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? rowToCodes(row) : null
  }

  /** The latest received first; only those that are open, or of one customership. */
  async list(
    filter: { isOpen?: true; customership?: CustomershipId } = {}
  ): Promise<RightsCodes[]> {
    let query = this.#database.sql.selectFrom('rightsRequests').selectAll()
    if (filter.isOpen) query = query.where('closedAt', 'is', null)
    if (filter.customership) query = query.where('customership', '=', filter.customership)
    const rows = await query.orderBy('receivedOn', 'desc').orderBy('number', 'desc').execute()
    return rows.map(rowToCodes)
  }

  async change(id: RightsRequestId, { extension, ...step }: RightsStep): Promise<void> {
    const extended = extension
      ? { extensionGround: extension.ground, extensionToldOn: extension.toldOn }
      : {}
    await this.#database.sql
      .updateTable('rightsRequests')
      .set({ ...step, ...extended })
      .where('id', '=', id)
      .execute()
    this.#database.show('office')
  }

  /** What was asked of a customership that is no more, by whatever it was forgotten. */
  async closeAbsent(at: number): Promise<void> {
    const { sql } = this.#database
    const rows = await sql
      .selectFrom('rightsRequests')
      .leftJoin('customerships', 'customerships.id', 'rightsRequests.customership')
      .select(['rightsRequests.id', 'kind'])
      .where('closedAt', 'is', null)
      .where('rightsRequests.customership', 'is not', null)
      .where((row) =>
        row.or([row('customerships.id', 'is', null), row('customerships.state', '=', 'deleting')])
      )
      .execute()
    for (const { id, kind } of rows) {
      const outcome = kind === 'erasure' ? 'granted' : 'not-held'
      await this.change(id, { outcome, closedAt: at })
    }
  }

  /** As long as the logs are kept, and no longer. What is open is worked first. */
  async eraseBefore(at: number): Promise<void> {
    await this.#database.sql.deleteFrom('rightsRequests').where('closedAt', '<', at).execute()
  }
}

type Later =
  'extensionGround' | 'extensionToldOn' | 'outcome' | 'answeredOn' | 'channel' | 'closedAt'

const nothingYet = {
  extensionGround: null,
  extensionToldOn: null,
  outcome: null,
  answeredOn: null,
  channel: null,
  closedAt: null
} as const satisfies Pick<RightsRequestTable, Later>

function rowToCodes(row: RightsRequestTable): RightsCodes {
  const { extensionGround: ground, extensionToldOn: toldOn, ...codes } = row
  return {
    ...codes,
    registeredAt: toMoment(row.registeredAt),
    extension: ground && toldOn ? { ground, toldOn } : null,
    closedAt: row.closedAt === null ? null : toMoment(row.closedAt)
  }
}
