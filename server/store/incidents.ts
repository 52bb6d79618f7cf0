import { toMilliseconds } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import {
  incidentRecordSchema,
  standingOf,
  type IncidentId,
  type IncidentKind,
  type IncidentRecord
} from '#contract/incident.ts'
import { openText, sealText, type DataKey } from '#server/keys/data-key.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Database } from './database.ts'
import type { IncidentTable, RegisterTables } from './tables.ts'

export interface StoredIncident {
  readonly id: IncidentId
  readonly revision: number
  readonly record: IncidentRecord
}

/** One that is not closed, by its plain columns: nothing is opened for it. */
export interface OpenIncident {
  readonly id: IncidentId
  readonly kind: IncidentKind
  readonly noticedAt: number
  readonly authorityAt: number | null
}

const aadOf = (id: IncidentId) => `kotikaynti/incident/1\n${id}`

/** The key store keeps keys under random ids, and asks not whose they are. */
const keyName = (id: IncidentId) => id as string as CustomershipId

/**
 * GDPR Art. 33(5): every breach, documented. An incident belongs to no one customership, so its words lie
 * under a key of their own, which no deletion of a customership destroys; they name customerships by id.
 */
export class Incidents {
  readonly #database: Database<RegisterTables>
  readonly #keyStore: KeyStore

  constructor(database: Database<RegisterTables>, keyStore: KeyStore) {
    this.#database = database
    this.#keyStore = keyStore
  }

  async add(id: IncidentId, record: IncidentRecord): Promise<void> {
    this.#keyStore.createDataKey(keyName(id))
    await this.#database.sql
      .insertInto('incidents')
      .values({ id, revision: 1, ...this.#columns(id, record) })
      .execute()
    this.#database.show('office')
  }

  /** Over the revision that was read and no other; null when somebody was faster. */
  async replace(id: IncidentId, based: number, record: IncidentRecord): Promise<number | null> {
    const row = await this.#database.sql
      .updateTable('incidents')
      .set({ revision: based + 1, ...this.#columns(id, record) })
      .where('id', '=', id)
      .where('revision', '=', based)
      .returning('revision')
      .executeTakeFirst()
    if (!row) return null
    this.#database.show('office')
    return row.revision
  }

  async find(id: IncidentId): Promise<StoredIncident | null> {
    const row = await this.#database.sql
      .selectFrom('incidents')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? this.#open(row) : null
  }

  /** The newest first. One whose key is destroyed is on its way out. */
  async list(): Promise<StoredIncident[]> {
    const rows = await this.#database.sql
      .selectFrom('incidents')
      .selectAll()
      .orderBy('noticedAt', 'desc')
      .orderBy('id')
      .execute()
    return rows
      .filter(({ id }) => this.#keyStore.dataKey(keyName(id)) !== null)
      .map((row) => this.#open(row))
  }

  /** The oldest first. */
  async open(): Promise<OpenIncident[]> {
    return this.#database.sql
      .selectFrom('incidents')
      .select(['id', 'kind', 'noticedAt', 'authorityAt'])
      .where('closedAt', 'is', null)
      .orderBy('noticedAt')
      .execute()
  }

  async closedBefore(at: number): Promise<IncidentId[]> {
    const rows = await this.#database.sql
      .selectFrom('incidents')
      .select('id')
      .where('closedAt', '<', at)
      .execute()
    return rows.map(({ id }) => id)
  }

  /** The row; its key is destroyed by whoever may. */
  async remove(id: IncidentId): Promise<void> {
    await this.#database.sql.deleteFrom('incidents').where('id', '=', id).execute()
  }

  #columns(id: IncidentId, record: IncidentRecord): Omit<IncidentTable, 'id' | 'revision'> {
    const { authoritySettledAt, closedAt } = standingOf(record)
    return {
      kind: record.kind,
      noticedAt: toMilliseconds(record.noticedAt),
      authorityAt: authoritySettledAt && toMilliseconds(authoritySettledAt),
      closedAt: closedAt && toMilliseconds(closedAt),
      sealed: sealText(this.#requireKey(id), aadOf(id), JSON.stringify(record))
    }
  }

  #open({ id, revision, sealed }: IncidentTable): StoredIncident {
    const text = openText(this.#requireKey(id), aadOf(id), sealed)
    return { id, revision, record: incidentRecordSchema.parse(JSON.parse(text)) }
  }

  #requireKey(id: IncidentId): DataKey {
    const key = this.#keyStore.dataKey(keyName(id))
    if (!key) throw new Error('an incident has no key')
    return key
  }
}
