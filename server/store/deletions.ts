import { dayAt } from '#contract/day.ts'
import type { Certificate, CertifiedTablet, HandOver } from '#contract/certificate.ts'
import { storedKinds } from '#contract/entry-kind.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { KeptInMemory } from './kept-in-memory.ts'
import type { Marks } from './marks.ts'
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
  readonly kinds: readonly KindCount[]
  readonly handOver: HandOver
  readonly devices: readonly CertifiedTablet[]
}

interface KindCount {
  readonly kind: string
  readonly count: number
}

type Asked = Pick<DeletionPlan, 'cause' | 'by' | 'plannedAt' | 'devices'> &
  Partial<Pick<DeletionPlan, 'handOver'>>

export class Deletions {
  readonly #database: Database<RegisterTables>
  readonly #kept: KeptInMemory
  readonly #marks: Marks

  constructor(database: Database<RegisterTables>, kept: KeptInMemory, marks: Marks) {
    this.#database = database
    this.#kept = kept
    this.#marks = marks
  }

  /** State `deleting` and the plan in one commit; null when there is no such customership. A plan that stands is answered again. */
  async plan(
    customership: CustomershipId,
    plan: Asked,
    keyMark: Buffer | null = null
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
      const kinds = await this.#entriesOf(customership)
      const made: DeletionTable = {
        customership,
        ...plan,
        handOver: plan.handOver ?? 'not-needed',
        devices: JSON.stringify(plan.devices),
        number: await this.#nextNumber(plan.plannedAt),
        entries: kinds.reduce((sum, { count }) => sum + count, 0),
        kinds: JSON.stringify([...kinds, ...(await this.#besideEntriesOf(customership))])
      }
      await this.#database.sql.insertInto('deletions').values(made).execute()
      await this.#marks.keep(customership, keyMark)
      return readPlan(made)
    })
    this.#forget(customership)
    this.#database.show({ customership })
    return planned
  }

  /** At once, and again when it is committed: until then others may read what was there before. */
  #forget(customership: CustomershipId): void {
    this.#kept.forget(customership)
    if (this.#database.isInside)
      this.#database.afterCommit(async () => this.#kept.forget(customership))
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
    this.#database.show('office')
  }

  async #find(customership: CustomershipId): Promise<DeletionPlan | null> {
    const row = await this.#database.sql
      .selectFrom('deletions')
      .selectAll()
      .where('customership', '=', customership)
      .executeTakeFirst()
    return row ? readPlan(row) : null
  }

  async #entriesOf(customership: CustomershipId): Promise<KindCount[]> {
    const rows = await this.#database.sql
      .selectFrom('entries')
      .select((entry) => ['kind', entry.fn.countAll<number | string>().as('count')])
      .where('customership', '=', customership)
      .where('removed', '=', 0)
      .groupBy('kind')
      .execute()
    return rows
      .map(({ kind, count }) => ({ kind, count: Number(count) }))
      .sort((a, b) => storedKinds.indexOf(a.kind) - storedKinds.indexOf(b.kind))
  }

  async #besideEntriesOf(customership: CustomershipId): Promise<KindCount[]> {
    const counts: KindCount[] = []
    for (const [kind, table] of [
      ['page', 'pages'],
      ['held-operation', 'heldOperations']
    ] as const) {
      const row = await this.#database.sql
        .selectFrom(table)
        .select((each) => each.fn.countAll<number | string>().as('count'))
        .where('customership', '=', customership)
        .executeTakeFirstOrThrow()
      if (Number(row.count) > 0) counts.push({ kind, count: Number(row.count) })
    }
    return counts
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
  const devices = JSON.parse(row.devices) as (Omit<CertifiedTablet, 'at'> &
    Partial<CertifiedTablet>)[]
  return {
    ...row,
    devices: devices.map((tablet) => ({ ...tablet, at: tablet.at ?? null })),
    kinds:
      row.kinds === null
        ? [{ kind: 'entry', count: row.entries }]
        : (JSON.parse(row.kinds) as KindCount[])
  }
}
