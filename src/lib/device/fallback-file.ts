/**
 * Whole files by name in IndexedDB, for a worker in a browser without a file system of its own. No
 * Dexie here: the worker that holds keys stays small.
 */
const store = 'files'

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open('keyring-files', 1)
  request.onupgradeneeded = () => void request.result.createObjectStore(store)
  return answerOf(request)
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the database refused'))
  })
}

export async function readFallback(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const database = await opened()
  try {
    const request = database.transaction(store).objectStore(store).get(name)
    return await answerOf(request as IDBRequest<Uint8Array<ArrayBuffer> | undefined>)
  } finally {
    database.close()
  }
}

export async function writeFallback(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const database = await opened()
  try {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' })
    transaction.objectStore(store).put(bytes, name)
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('the database refused'))
    })
  } finally {
    database.close()
  }
}
