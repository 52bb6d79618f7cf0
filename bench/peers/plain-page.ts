import { offer } from './peer-page.ts'
import type { Row } from './row.ts'

/**
 * As little as a client can do: it fetches all rows, seals each client's together and stores the values once. What
 * comes later lies beside them. Its own notes it keeps and posts in clear.
 */
const aes = { name: 'AES-GCM', length: 256 } as const
const batchSize = 100

interface Value {
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

let kept: IDBDatabase | null = null
let key: CryptoKey | null = null

const finished = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('refused'))
  })

function inTransaction(
  names: readonly string[],
  work: (storeOf: (name: string) => IDBObjectStore) => void
): Promise<void> {
  const transaction = database().transaction(names, 'readwrite')
  work((name) => transaction.objectStore(name))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
  })
}

function database(): IDBDatabase {
  if (!kept) throw new Error('the database is closed')
  return kept
}

const storeOf = (name: string): IDBObjectStore => database().transaction(name).objectStore(name)

async function open(): Promise<void> {
  const opening = indexedDB.open('plain')
  opening.onupgradeneeded = () => {
    for (const name of ['values', 'notes', 'meta']) opening.result.createObjectStore(name)
  }
  kept = await finished(opening)
  const known = (await finished(storeOf('meta').get('key'))) as CryptoKey | undefined
  key = known ?? (await crypto.subtle.generateKey(aes, false, ['encrypt', 'decrypt']))
  if (!known) await inTransaction(['meta'], (store) => store('meta').put(key, 'key'))
}

async function seal(text: string): Promise<Value> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const words = new TextEncoder().encode(text)
  if (!key) throw new Error('no key')
  return { nonce, sealed: await crypto.subtle.encrypt({ name: aes.name, iv: nonce }, key, words) }
}

async function openValue({ nonce, sealed }: Value): Promise<Row[]> {
  if (!key) throw new Error('no key')
  const words = await crypto.subtle.decrypt({ name: aes.name, iv: nonce }, key, sealed)
  const text = new TextDecoder().decode(words)
  return text.split('\n').map((line) => JSON.parse(line) as Row)
}

async function pull(): Promise<void> {
  const after = ((await finished(storeOf('meta').get('sequence'))) as number | undefined) ?? 0
  const answer = await fetch(`/plain/rows?after=${after}`)
  const [sequence = '', ...lines] = (await answer.text()).split('\n')
  const bundles = Map.groupBy(lines, (line) => line.slice('{"id":"'.length, line.indexOf('/')))
  const values = await Promise.all(
    [...bundles].map(async ([customership, some]) => ({
      name: `${customership}/${sequence}`,
      value: await seal(some.join('\n'))
    }))
  )
  await inTransaction(['values', 'meta'], (store) => {
    for (const { name, value } of values) store('values').put(value, name)
    store('meta').put(Number(sequence), 'sequence')
  })
}

async function push(): Promise<void> {
  for (;;) {
    const [names, rows] = await Promise.all([
      finished(storeOf('notes').getAllKeys(null, batchSize)),
      finished(storeOf('notes').getAll(null, batchSize))
    ])
    if (rows.length === 0) return
    const answer = await fetch('/plain/rows', { method: 'POST', body: JSON.stringify(rows) })
    if (!answer.ok) throw new Error('not taken')
    await inTransaction(['notes'], (store) => names.forEach((name) => store('notes').delete(name)))
  }
}

async function readRange(range: IDBKeyRange | null): Promise<Row[]> {
  const values = (await finished(storeOf('values').getAll(range))) as Value[]
  const opened = await Promise.all(values.map(openValue))
  // What came later stands for what came before it.
  return [...new Map(opened.flat().map((row) => [row.id, row])).values()]
}

offer({
  open,
  pull,
  push,
  write: (row) => inTransaction(['notes'], (store) => store('notes').put(row, row.id)),
  read: (customership) =>
    readRange(IDBKeyRange.bound(`${customership}/`, `${customership}/\uffff`)),
  readAll: () => readRange(null)
})
