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
import { wordsOfDisclosure, wordsOfReceipt } from './trail-words.ts'
import { endOfTrail, type Logged, type Trail } from './trail.ts'

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
  readonly #trail: Trail

  constructor(database: Database<RegisterTables>, trail: Trail) {
    this.#database = database
    this.#trail = trail
  }

  async append(disclosures: readonly Disclosure[]): Promise<void> {
    if (disclosures.length === 0) return
    await this.#database.transact(async () => {
      const places = await this.#trail.append(disclosures.map(loggedOf))
      await this.#database.insertAll(
        'disclosures',
        disclosures.map((line, index) => ({ ...disclosureToRow(line), ...places[index] }))
      )
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
    return this.#database.transact(async () => {
      const newest = await this.#newest(sent)
      if (!newest || newest.receiptAt !== null) return 0
      const logged = receiptOf({ id: newest.id, customership: sent.customership }, receipt)
      const [place] = await this.#trail.append([logged])
      await this.#database.sql
        .updateTable('disclosures')
        .set({
          ...{ receiptAt: receipt.at, receiptCode: receipt.code },
          ...{ receiptLine: place?.line ?? null, receiptSalt: place?.salt ?? null }
        })
        .where('id', '=', newest.id)
        .execute()
      this.#database.show('office')
      return 1
    })
  }

  /** What is in no trail yet: from before there was one, or from a former register. Answers how many. */
  async adopt(most: number): Promise<number> {
    return this.#database.transact(async () => {
      const rows = await this.#database.sql
        .selectFrom('disclosures')
        .selectAll()
        .where((row) =>
          row.or([
            row('line', 'is', null),
            row.and([row('receiptAt', 'is not', null), row('receiptLine', 'is', null)])
          ])
        )
        .orderBy('at')
        .orderBy('id')
        .limit(most)
        .execute()
      for (const row of rows) await this.#adopt(row)
      return rows.length
    })
  }

  /** Those that, or whose receipts, are lines of the trail from the first to the last. */
  byLine(first: number, last: number): Promise<DisclosureTable[]> {
    return this.#database.sql
      .selectFrom('disclosures')
      .selectAll()
      .where((row) =>
        row.or([row.between('line', first, last), row.between('receiptLine', first, last)])
      )
      .execute()
  }

  /** How many are lines of no trail, or of one that goes on beyond its end. */
  async strays(): Promise<number> {
    const { count } = await this.#database.sql
      .selectFrom('disclosures')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where((row) => row.or([row('line', 'is', null), row('line', '>', endOfTrail)]))
      .executeTakeFirstOrThrow()
    return count
  }

  async #adopt(row: DisclosureTable): Promise<void> {
    const line = rowToDisclosure(row)
    const { receiptAt, receiptCode } = row
    const isAnswered = receiptAt !== null && receiptCode !== null && row.receiptLine === null
    const [place] = row.line === null ? await this.#trail.append([loggedOf(line)]) : []
    const [answered] = isAnswered
      ? await this.#trail.append([receiptOf(line, { at: receiptAt, code: receiptCode })])
      : []
    await this.#database.sql
      .updateTable('disclosures')
      .set({
        ...(place ?? { line: row.line, salt: row.salt }),
        ...{
          receiptLine: answered?.line ?? row.receiptLine,
          receiptSalt: answered?.salt ?? row.receiptSalt
        }
      })
      .where('id', '=', row.id)
      .execute()
  }

  async #newest(
    sent: Pick<Disclosure, 'customership' | 'kind'> & { reference?: string }
  ): Promise<Pick<DisclosureTable, 'id' | 'receiptAt'> | undefined> {
    let newest = this.#database.sql
      .selectFrom('disclosures')
      .select(['id', 'receiptAt'])
      .where('customership', '=', sent.customership)
      .where('kind', '=', sent.kind)
    if (sent.reference !== undefined) newest = newest.where('reference', '=', sent.reference)
    return newest.orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
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

const loggedOf = (line: Disclosure): Logged => ({
  kind: 'disclosure',
  at: toMilliseconds(line.at),
  words: wordsOfDisclosure(line),
  customership: line.customership
})

const receiptOf = (
  line: Pick<Disclosure, 'id' | 'customership'>,
  receipt: { at: number; code: ReceiptCode }
): Logged => ({
  kind: 'receipt',
  at: receipt.at,
  words: wordsOfReceipt(line.id, receipt),
  customership: line.customership
})

function disclosureToRow({ at, receipt, ...line }: Disclosure): DisclosureTable {
  return {
    ...line,
    at: toMilliseconds(at),
    receiptAt: receipt ? toMilliseconds(receipt.at) : null,
    receiptCode: receipt?.code ?? null,
    ...{ line: null, salt: null, receiptLine: null, receiptSalt: null }
  }
}

export function rowToDisclosure(row: DisclosureTable): Disclosure {
  const { id, by, customership, kind, reference, recipient, channel, ground } = row
  const { at, content, fingerprint, receiptAt, receiptCode } = row
  return {
    ...{ id, by, customership, kind, reference, recipient, channel, ground },
    ...{ at: toMoment(at), content, fingerprint },
    receipt:
      receiptAt === null || receiptCode === null
        ? null
        : { at: toMoment(receiptAt), code: receiptCode }
  }
}
