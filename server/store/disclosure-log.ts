import { toMilliseconds, toMoment } from '#contract/day.ts'
import type {
  Disclosure,
  DisclosureChannel,
  DisclosureKind,
  ReceiptCode
} from '#contract/disclosure.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { Database } from './database.ts'
import type { DisclosureTable, RegisterTables } from './tables.ts'

export interface DisclosureFilter {
  /** Moments: from the first on, until before the second. */
  readonly from?: number
  readonly until?: number
  readonly kind?: DisclosureKind | undefined
  readonly recipient?: string | undefined
  readonly customership?: CustomershipId | undefined
  /** Those that are older than this line. */
  readonly before?: EntryId | undefined
}

/** §10: what left the house. Appended to; of a line only its receipt comes later. */
export class DisclosureLog {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async append(disclosures: readonly Disclosure[]): Promise<void> {
    if (disclosures.length === 0) return
    await this.#database.transact(async () => {
      this.#database.insertAll('disclosures', disclosures.map(disclosureToRow))
    })
    this.#database.show('office')
  }

  /** Newest first; one more than asked for tells that there are more. */
  async list(filter: DisclosureFilter, lines: number): Promise<Disclosure[]> {
    const { from, until, kind, recipient, customership, before } = filter
    const last = before === undefined ? null : await this.#find(before)
    let query = this.#database.sql.selectFrom('disclosures').selectAll()
    if (from !== undefined) query = query.where('at', '>=', from)
    if (until !== undefined) query = query.where('at', '<', until)
    if (kind) query = query.where('kind', '=', kind)
    if (recipient !== undefined) query = query.where('recipient', '=', recipient)
    if (customership) query = query.where('customership', '=', customership)
    if (last)
      query = query.where((row) =>
        row.or([
          row('at', '<', last.at),
          row.and([row('at', '=', last.at), row('id', '<', last.id)])
        ])
      )
    const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(lines).execute()
    return rows.map(rowToDisclosure)
  }

  /** Whether the very same left already: a file that is fetched twice left once. What is not told may be any. */
  async has(
    same: Pick<Disclosure, 'customership' | 'kind'> & {
      reference: string
      recipient?: string | undefined
      channel?: DisclosureChannel | undefined
    }
  ): Promise<boolean> {
    const { customership, kind, reference, recipient, channel } = same
    let query = this.#database.sql
      .selectFrom('disclosures')
      .select('id')
      .where('customership', '=', customership)
      .where('kind', '=', kind)
      .where('reference', '=', reference)
    if (recipient !== undefined) query = query.where('recipient', '=', recipient)
    if (channel !== undefined) query = query.where('channel', '=', channel)
    return (await query.limit(1).execute()).length > 0
  }

  /** Of what was sent last, unless it is confirmed: of what was sent before, nobody says so. Answers how many it settled. */
  async receive(
    sent: Pick<Disclosure, 'customership' | 'kind'> & { reference?: string },
    receipt: { at: number; code: ReceiptCode }
  ): Promise<number> {
    let newest = this.#database.sql
      .selectFrom('disclosures')
      .select('id')
      .where('customership', '=', sent.customership)
      .where('kind', '=', sent.kind)
    if (sent.reference !== undefined) newest = newest.where('reference', '=', sent.reference)
    const { numUpdatedRows } = await this.#database.sql
      .updateTable('disclosures')
      .set({ receiptAt: receipt.at, receiptCode: receipt.code })
      .where('id', '=', newest.orderBy('at', 'desc').orderBy('id', 'desc').limit(1))
      .where('receiptAt', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows > 0n) this.#database.show('office')
    return Number(numUpdatedRows)
  }

  async eraseBefore(at: number): Promise<void> {
    await this.#database.sql.deleteFrom('disclosures').where('at', '<', at).execute()
  }

  async #find(id: EntryId): Promise<Pick<DisclosureTable, 'id' | 'at'> | null> {
    const row = await this.#database.sql
      .selectFrom('disclosures')
      .select(['id', 'at'])
      .where('id', '=', id)
      .executeTakeFirst()
    return row ?? null
  }
}

function disclosureToRow({ at, receipt, ...line }: Disclosure): DisclosureTable {
  return {
    ...line,
    at: toMilliseconds(at),
    receiptAt: receipt ? toMilliseconds(receipt.at) : null,
    receiptCode: receipt?.code ?? null
  }
}

const rowToDisclosure = ({ at, receiptAt, receiptCode, ...line }: DisclosureTable): Disclosure => ({
  ...line,
  at: toMoment(at),
  receipt:
    receiptAt === null || receiptCode === null
      ? null
      : { at: toMoment(receiptAt), code: receiptCode }
})
