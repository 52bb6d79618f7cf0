/** As much of the peers as their pages use. They are no dependencies: see packages.ts. */

declare module 'virtual:peer/pouchdb/dist/pouchdb.js' {
  export type Document<T> = T & { readonly _id: string; readonly _rev?: string }
  export default class PouchDB<T> {
    constructor(name: string)
    readonly replicate: {
      from(remote: string): Promise<unknown>
      to(remote: string): Promise<unknown>
    }
    info(): Promise<unknown>
    put(document: Document<T>): Promise<unknown>
    allDocs(o: object): Promise<{ readonly rows: readonly { readonly doc: Document<T> }[] }>
  }
}

declare module 'virtual:peer/rxdb' {
  export type Document = import('./row.ts').Row
  export interface Collection {
    insert(row: Document): Promise<unknown>
    find(query?: object): { exec(): Promise<readonly Document[]> }
  }
  interface Database {
    addCollections(o: object): Promise<Readonly<Record<string, Collection>>>
  }
  export function createRxDatabase(o: object): Promise<Database>
}

declare module 'virtual:peer/rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): object
}

declare module 'virtual:peer/rxdb/plugins/encryption-crypto-js' {
  export function wrappedKeyEncryptionCryptoJsStorage(o: { readonly storage: object }): object
}

declare module 'virtual:peer/rxdb/plugins/replication' {
  interface Checkpoint {
    readonly sequence: number
  }
  interface Replication {
    readonly error$: { subscribe(hear: (error: Error) => void): unknown }
    awaitInitialReplication(): Promise<void>
    cancel(): Promise<void>
  }
  export function replicateRxCollection(o: {
    readonly collection: object
    readonly replicationIdentifier: string
    readonly live: boolean
    readonly autoStart: boolean
    readonly pull: {
      readonly batchSize: number
      handler(checkpoint: Checkpoint | undefined, limit: number): Promise<unknown>
    }
    readonly push: {
      readonly batchSize: number
      handler(rows: readonly unknown[]): Promise<unknown>
    }
  }): Replication
}
