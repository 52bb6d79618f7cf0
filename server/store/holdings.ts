import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

export interface HoldingFacts {
  readonly device: DeviceId
  readonly customership: CustomershipId
  readonly sentAt: number
  readonly purgedAt: number | null
}

/** Which tablet holds what: written before a frame is sent, cleared when the tablet confirms. */
export class Holdings {
  readonly #database: Database<RegisterTables>
  readonly #sent: (values: HoldingFacts) => Promise<unknown[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#sent = database.prepare((db, value) =>
      db
        .insertInto('holdings')
        .values({
          device: value('device'),
          customership: value('customership'),
          sentAt: value('sentAt'),
          purgedAt: value('purgedAt')
        })
        .onConflict((conflict) =>
          conflict.columns(['device', 'customership']).doUpdateSet((given) => ({
            sentAt: given.ref('excluded.sentAt'),
            purgedAt: given.ref('excluded.purgedAt')
          }))
        )
    )
  }

  async sent(
    device: DeviceId,
    customerships: readonly CustomershipId[],
    at: number
  ): Promise<void> {
    if (customerships.length === 0) return
    await this.#database.transact(async () => {
      for (const customership of customerships)
        await this.#sent({ device, customership, sentAt: at, purgedAt: null })
    })
    this.#database.show()
  }

  async purged(
    device: DeviceId,
    customerships: readonly CustomershipId[],
    at: number
  ): Promise<void> {
    if (customerships.length === 0) return
    await this.#database.sql
      .updateTable('holdings')
      .set({ purgedAt: at })
      .where('device', '=', device)
      .where('customership', 'in', customerships)
      .where('purgedAt', 'is', null)
      .execute()
    this.#database.show()
  }

  async purgedAll(device: DeviceId, at: number): Promise<void> {
    await this.#database.sql
      .updateTable('holdings')
      .set({ purgedAt: at })
      .where('device', '=', device)
      .where('purgedAt', 'is', null)
      .execute()
    this.#database.show()
  }

  of(customership: CustomershipId): Promise<HoldingFacts[]> {
    return this.#database.sql
      .selectFrom('holdings')
      .selectAll()
      .where('customership', '=', customership)
      .orderBy('device')
      .execute()
  }

  async heldBy(device: DeviceId): Promise<CustomershipId[]> {
    const rows = await this.#database.sql
      .selectFrom('holdings')
      .select('customership')
      .where('device', '=', device)
      .where('purgedAt', 'is', null)
      .orderBy('customership')
      .execute()
    return rows.map((row) => row.customership)
  }

  /** Whether this tablet was ever sent the customership. */
  async wasSent(device: DeviceId, customership: CustomershipId): Promise<boolean> {
    const row = await this.#database.sql
      .selectFrom('holdings')
      .select('sentAt')
      .where('device', '=', device)
      .where('customership', '=', customership)
      .executeTakeFirst()
    return row !== undefined
  }

  /** How many customerships each tablet holds now. */
  async counts(): Promise<Map<DeviceId, number>> {
    const rows = await this.#database.sql
      .selectFrom('holdings')
      .select('device')
      .select((row) => row.fn.countAll<number | string>().as('count'))
      .where('purgedAt', 'is', null)
      .groupBy('device')
      .execute()
    return new Map(rows.map((row) => [row.device, Number(row.count)]))
  }
}
