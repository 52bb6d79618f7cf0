import { dayAt } from '#contract/day.ts'
import type { Certificate } from '#contract/ending.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { KeptInMemory } from './kept.ts'
import type { DeletionTable, RegisterTables } from './tables.ts'

/** What is committed before anything is destroyed, so that a crash is resumed and told truly. */
export interface DeletionPlan {
  readonly customership: CustomershipId
  /** The certificate's, given now: a deletion that is resumed keeps it. */
  readonly number: string
  readonly cause: Certificate['cause']
  readonly by: UserId | null
  readonly plannedAt: number
  readonly entries: number
  readonly devices: Certificate['devices']
}

export class Deletions {
  readonly #database: Database<RegisterTables>
  readonly #kept: KeptInMemory

  constructor(database: Database<RegisterTables>, kept: KeptInMemory) {
    this.#database = database
    this.#kept = kept
  }

  /** State `deleting` and the plan in one commit; null when there is no such customership. A plan that stands is answered again. */
  async plan(
    customership: CustomershipId,
    plan: Pick<DeletionPlan, 'cause' | 'by' | 'plannedAt' | 'devices'>
  ): Promise<DeletionPlan | null> {
    const planned = await this.#database.transact(async () => {
      const standing = await this.#find(customership)
      if (standing) return standing
      const marked = await this.#database.sql
        .updateTable('customerships')
        .set((row) => ({ state: 'deleting', revision: row('revision', '+', 1) }))
        .where('id', '=', customership)
        .where('state', '<>', 'deleting')
        .returning('id')
        .execute()
      if (marked.length === 0) return null
      const made: DeletionTable = {
        customership,
        ...plan,
        devices: JSON.stringify(plan.devices),
        number: await this.#nextNumber(plan.plannedAt),
        entries: await this.#entriesOf(customership)
      }
      await this.#database.sql.insertInto('deletions').values(made).execute()
      return readPlan(made)
    })
    this.#kept.forget(customership)
    this.#database.show()
    return planned
  }

  /** Plans without a certificate, oldest first. */
  async open(): Promise<DeletionPlan[]> {
    const rows = await this.#database.sql
      .selectFrom('deletions')
      .selectAll()
      .orderBy('plannedAt')
      .orderBy('number')
      .execute()
    return rows.map(readPlan)
  }

  /** The certificate is stored and the plan removed, in one commit. */
  async certify(certificate: Certificate): Promise<void> {
    const { number, customership } = certificate
    await this.#database.transact(async () => {
      await this.#database.sql
        .insertInto('certificates')
        .values({ number, customership, value: JSON.stringify(certificate) })
        .onConflict((conflict) => conflict.column('number').doNothing())
        .execute()
      await this.#database.sql
        .deleteFrom('deletions')
        .where('customership', '=', customership)
        .execute()
    })
    this.#database.show()
  }

  async #find(customership: CustomershipId): Promise<DeletionPlan | null> {
    const row = await this.#database.sql
      .selectFrom('deletions')
      .selectAll()
      .where('customership', '=', customership)
      .executeTakeFirst()
    return row ? readPlan(row) : null
  }

  async #entriesOf(customership: CustomershipId): Promise<number> {
    const row = await this.#database.sql
      .selectFrom('entries')
      .select((entry) => entry.fn.countAll<number | string>().as('count'))
      .where('customership', '=', customership)
      .where('removed', '=', 0)
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }

  /** Year and running number, such as KK-2026-000007. */
  async #nextNumber(at: number): Promise<string> {
    const year = `KK-${dayAt(at).slice(0, 4)}-`
    const taken: number[] = [0]
    for (const table of ['deletions', 'certificates'] as const) {
      const rows = await this.#database.sql
        .selectFrom(table)
        .select('number')
        .where('number', 'like', `${year}%`)
        .execute()
      taken.push(...rows.map((row) => Number(row.number.slice(year.length))))
    }
    return `${year}${String(taken.reduce((a, b) => Math.max(a, b)) + 1).padStart(6, '0')}`
  }
}

function readPlan(row: DeletionTable): DeletionPlan {
  return { ...row, devices: JSON.parse(row.devices) as DeletionPlan['devices'] }
}
