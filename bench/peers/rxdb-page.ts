import { createRxDatabase, type Collection, type Document } from 'virtual:peer/rxdb'
import { wrappedKeyEncryptionCryptoJsStorage } from 'virtual:peer/rxdb/plugins/encryption-crypto-js'
import { replicateRxCollection } from 'virtual:peer/rxdb/plugins/replication'
import { getRxStorageDexie } from 'virtual:peer/rxdb/plugins/storage-dexie'
import { offer } from './peer-page.ts'
import type { Row } from './row.ts'

/** As its documentation has it. */
const batchSize = 100

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 80 },
    customership: { type: 'string' },
    kind: { type: 'string' },
    revision: { type: 'number' },
    at: { type: 'string' },
    by: { type: 'string' },
    data: { type: 'object' }
  },
  required: ['id', 'customership', 'kind', 'data']
}

async function ask<T>(path: string, o?: RequestInit): Promise<T> {
  const answer = await fetch(path, o)
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  return (await answer.json()) as T
}

const rowsOf = (documents: readonly Document[]): Row[] =>
  documents.map(({ id, customership, kind, revision, at, by, data }) => ({
    ...{ id, customership, kind, revision, at, by, data }
  }))

/** `encrypted`: what an entry says is encrypted by the encryption that comes free with RxDB. */
export function offerRxDB(encrypted: boolean): void {
  let kept: Collection | null = null

  const entries = (): Collection => {
    if (!kept) throw new Error('the database is closed')
    return kept
  }

  async function open(): Promise<void> {
    const storage = getRxStorageDexie()
    const database = await createRxDatabase({
      name: 'entries',
      multiInstance: false,
      ...(encrypted
        ? {
            storage: wrappedKeyEncryptionCryptoJsStorage({ storage }),
            password: 'kuusi tyyntä lampea ja saunapolku'
          }
        : { storage })
    })
    const { entries: collection } = await database.addCollections({
      entries: { schema: { ...schema, ...(encrypted ? { encrypted: ['data'] } : {}) } }
    })
    kept = collection ?? null
  }

  /** Both ways, from the checkpoints of before, until nothing is left to do. */
  async function replicate(): Promise<void> {
    const replication = replicateRxCollection({
      collection: entries(),
      replicationIdentifier: 'entries',
      live: false,
      autoStart: true,
      pull: {
        batchSize,
        handler: (checkpoint, limit) =>
          ask(`/rxdb/pull?after=${checkpoint?.sequence ?? 0}&limit=${limit}`)
      },
      push: {
        batchSize,
        handler: (rows) =>
          ask('/rxdb/push', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(rows)
          })
      }
    })
    const failing = new Promise<never>((_, reject) => {
      replication.error$.subscribe((error) => reject(error))
    })
    await Promise.race([replication.awaitInitialReplication(), failing])
    await replication.cancel()
  }

  offer({
    open,
    pull: replicate,
    push: replicate,
    write: async (row) => {
      await entries().insert(row)
    },
    read: async (customership) => {
      const selector = { id: { $gte: `${customership}/`, $lt: `${customership}/\uffff` } }
      return rowsOf(await entries().find({ selector }).exec())
    },
    readAll: async () => rowsOf(await entries().find().exec())
  })
}
