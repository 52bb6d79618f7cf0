import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { Database } from './database.ts'
import { inSlices } from './in-slices.ts'
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

/** Which tablet holds what: written before a frame is sent, cleared when the tablet confirms. */
export class Holdings {
  readonly #database: Database<RegisterTables>
  readonly #held: (values: {
    device: DeviceId
  }) => Promise<Pick<HoldingFacts, 'customership' | 'heldRevision'>[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#held = database.prepare((db, value) =>
      db
        .selectFrom('holdings')
        .select(['customership', 'heldRevision'])
        .where('device', '=', value('device'))
        .where('purgedAt', 'is', null)
        .orderBy('customership')
    )
  }

  /** Before a frame is sent: which revision the tablet is about to have. */
  async sent(
    device: DeviceId,
    customerships: readonly { id: CustomershipId; revision: number | null }[],
    at: number
  ): Promise<void> {
    if (customerships.length === 0) return
    await this.#database.joined(async () => {
      const sent = customerships.map(({ id: customership, revision: sentRevision }) => ({
        ...{ device, customership, sentAt: at, sentRevision, purgedAt: null }
      }))
      await this.#database.insertAll('holdings', sent, {
        key: ['device', 'customership'],
        changing: ['sentAt', 'sentRevision', 'purgedAt']
      })
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
    await this.#database.joined(async () => {
      // Those at the same revision at once: of a first fetch many are.
      for (const [revision, some] of Map.groupBy(customerships, (one) => one.revision))
        await this.#database.sql
          .updateTable('holdings')
          .set({ heldRevision: revision, heldAt: at })
          .where('device', '=', device)
          .where(
            'customership',
            'in',
            some.map(({ id }) => id)
          )
          .where('purgedAt', 'is', null)
          .execute()
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
    const rows = await this.#held({ device })
    return new Map(rows.map((row) => [row.customership, row.heldRevision]))
  }

  /** Where these lie now. */
  async among(customerships: readonly CustomershipId[]): Promise<HoldingFacts[]> {
    const found: HoldingFacts[] = []
    for (const some of inSlices(customerships))
      found.push(
        ...(await this.#database.sql
          .selectFrom('holdings')
          .selectAll()
          .where('customership', 'in', some)
          .where('purgedAt', 'is', null)
          .execute())
      )
    return found
  }

  /** Which of these this tablet was ever sent. */
  async sentAmong(
    device: DeviceId,
    customerships: readonly CustomershipId[]
  ): Promise<Set<CustomershipId>> {
    const rows = await this.#database.sql
      .selectFrom('holdings')
      .select('customership')
      .where('device', '=', device)
      .where('customership', 'in', customerships)
      .execute()
    return new Set(rows.map(({ customership }) => customership))
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
