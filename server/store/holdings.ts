import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { RegisterTables } from './tables.ts'

export interface HoldingFacts {
  readonly device: DeviceId
  readonly customership: CustomershipId
  readonly sentAt: number
  /** The revision that was sent last; null when it was sent before this was written down. */
  readonly sentRevision: number | null
  /** The revision that the tablet said it holds, and when it said so first. */
  readonly heldRevision: number | null
  readonly heldAt: number | null
  readonly purgedAt: number | null
}

type Sent = Pick<HoldingFacts, 'device' | 'customership' | 'sentAt' | 'sentRevision'>
type Confirmed = Pick<HoldingFacts, 'device' | 'customership' | 'heldRevision' | 'heldAt'>

const mostAsked = 500

/** Which tablet holds what: written before a frame is sent, cleared when the tablet confirms. */
export class Holdings {
  readonly #database: Database<RegisterTables>
  readonly #sent: (values: Sent) => Promise<unknown[]>
  readonly #confirmed: (values: Confirmed) => Promise<unknown[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#sent = database.prepare((db, value) =>
      db
        .insertInto('holdings')
        .values({
          device: value('device'),
          customership: value('customership'),
          sentAt: value('sentAt'),
          sentRevision: value('sentRevision')
        })
        .onConflict((conflict) =>
          conflict.columns(['device', 'customership']).doUpdateSet((given) => ({
            sentAt: given.ref('excluded.sentAt'),
            sentRevision: given.ref('excluded.sentRevision'),
            purgedAt: null
          }))
        )
    )
    this.#confirmed = database.prepare((db, value) =>
      db
        .updateTable('holdings')
        .set({ heldRevision: value('heldRevision'), heldAt: value('heldAt') })
        .where('device', '=', value('device'))
        .where('customership', '=', value('customership'))
        .where('purgedAt', 'is', null)
    )
  }

  /** Before a frame is sent: which revision the tablet is about to have. */
  async sent(
    device: DeviceId,
    customerships: readonly { id: CustomershipId; revision: number | null }[],
    at: number
  ): Promise<void> {
    if (customerships.length === 0) return
    await this.#database.transact(async () => {
      for (const { id, revision } of customerships)
        await this.#sent({ device, customership: id, sentAt: at, sentRevision: revision })
    })
    this.#database.show()
  }

  /** What the tablet says that it holds. Silence changes nothing, and neither does saying it again. */
  async confirmed(
    device: DeviceId,
    customerships: readonly { id: CustomershipId; revision: number }[],
    at: number
  ): Promise<void> {
    if (customerships.length === 0) return
    await this.#database.transact(async () => {
      for (const { id, revision } of customerships)
        await this.#confirmed({ device, customership: id, heldRevision: revision, heldAt: at })
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
      .set({ purgedAt: at, heldRevision: null, heldAt: null })
      .where('device', '=', device)
      .where('customership', 'in', customerships)
      .where('purgedAt', 'is', null)
      .execute()
    this.#database.show()
  }

  async purgedAll(device: DeviceId, at: number): Promise<void> {
    await this.#database.sql
      .updateTable('holdings')
      .set({ purgedAt: at, heldRevision: null, heldAt: null })
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
    return [...(await this.revisionsHeldBy(device)).keys()]
  }

  /** What each tablet holds now, with the revision it last spoke of. */
  async revisionsHeldBy(device: DeviceId): Promise<Map<CustomershipId, number | null>> {
    const rows = await this.#database.sql
      .selectFrom('holdings')
      .select(['customership', 'heldRevision'])
      .where('device', '=', device)
      .where('purgedAt', 'is', null)
      .orderBy('customership')
      .execute()
    return new Map(rows.map((row) => [row.customership, row.heldRevision]))
  }

  /** Where these lie now. */
  async among(customerships: readonly CustomershipId[]): Promise<HoldingFacts[]> {
    const found: HoldingFacts[] = []
    for (let start = 0; start < customerships.length; start += mostAsked)
      found.push(
        ...(await this.#database.sql
          .selectFrom('holdings')
          .selectAll()
          .where('customership', 'in', customerships.slice(start, start + mostAsked))
          .where('purgedAt', 'is', null)
          .execute())
      )
    return found
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
