/**
 * The outboxes as they lie on the disk, whatever version of the app wrote them: opened at the version
 * they have, never upgraded, never deleted. Nothing here can open an envelope.
 */
export interface Waiting {
  readonly seq: number
  /** A random id: what must go in order. */
  readonly customership: string
  readonly envelope: Readonly<Record<string, unknown>> & { readonly id: string }
  readonly writtenAt: number | null
  readonly kind: 'word' | 'quiet' | 'freight'
}

export interface Outbox {
  readonly device: string
  readonly last: number
  readonly waiting: readonly Waiting[]
}

export interface Resident {
  readonly device: string
  /** The name that the lock screen shows too. */
  readonly name: string | null
}

type Row = Readonly<Record<string, unknown>>

const door = 'kotikaynti'
const prefix = `${door}-`
const patienceMilliseconds = 8000

/** Everybody who ever wrote in this browser; a database that the door has forgotten counts too. */
export async function residents(): Promise<Resident[]> {
  const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
  const known = names.includes(door)
    ? await within(door, (database) => rowsOf(database, ['vaults'], 'readonly'))
        .then(([vaults = []]) => vaults)
        .catch(() => [])
    : []
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .map((device) => {
      const name = known.find((row) => row['device'] === device)?.['userName']
      return { device, name: typeof name === 'string' ? name : null }
    })
}

export function readOutbox(device: string): Promise<Outbox> {
  return within(prefix + device, async (database) => {
    const [outbox = [], cargo = [], meta = []] = await rowsOf(
      database,
      ['outbox', 'cargo', 'meta'],
      'readonly'
    )
    return outboxOf(device, outbox, cargo, meta)
  })
}

/**
 * Before an envelope leaves, it is marked as attempted: from then on the app writes after it and never
 * in its place. Where not even a mark can be written, nothing can take its place either.
 */
export async function takeOutbox(device: string): Promise<Outbox> {
  await within(prefix + device, markAttempted).catch(() => undefined)
  return readOutbox(device)
}

function markAttempted(database: IDBDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('outbox', 'readwrite', { durability: 'strict' })
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(new Error('not marked'))
    const walk = transaction.objectStore('outbox').openCursor()
    walk.onsuccess = () => {
      const cursor = walk.result
      if (!cursor) return
      const row = cursor.value as Row
      if (row['waiting'] === 1 && row['attempted'] !== true)
        cursor.update({ ...row, attempted: true })
      cursor.continue()
    }
  })
}

/** A connection that lives as long as one look, so that it holds up no upgrade. */
async function within<T>(name: string, look: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const database = await openAsItIs(name)
  try {
    return await look(database)
  } finally {
    database.close()
  }
}

function openAsItIs(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new Error('too late'))
    }, patienceMilliseconds)
    // It was not there: it must not come to be by looking.
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => {
      clearTimeout(timer)
      reject(new Error('not opened'))
    }
    request.onsuccess = () => {
      clearTimeout(timer)
      if (isLate) request.result.close()
      else resolve(request.result)
    }
  })
}

/** Each table whole, in one transaction; one that this version does not have is empty. */
function rowsOf(
  database: IDBDatabase,
  names: readonly string[],
  mode: IDBTransactionMode
): Promise<Row[][]> {
  const there = names.filter((name) => database.objectStoreNames.contains(name))
  if (there.length === 0) return Promise.resolve(names.map(() => []))
  const transaction = database.transaction(there, mode)
  const all = names.map((name) =>
    there.includes(name)
      ? new Promise<Row[]>((resolve, reject) => {
          const request = transaction.objectStore(name).getAll()
          request.onsuccess = () => resolve(request.result as Row[])
          request.onerror = () => reject(new Error('not read'))
        })
      : Promise.resolve([])
  )
  return Promise.all(all)
}

function outboxOf(
  device: string,
  rows: readonly Row[],
  cargo: readonly Row[],
  meta: readonly Row[]
): Outbox {
  const waiting = rows.flatMap((row) => waitingOf(row, cargo))
  const numbers = meta.find(({ key }) => key === 'numbers')?.['value'] as Row | undefined
  const last = numbers?.['last']
  const highest = rows.reduce(
    (top, { seq }) => (typeof seq === 'number' && seq > top ? seq : top),
    0
  )
  return {
    device,
    last: typeof last === 'number' ? Math.max(last, highest) : highest,
    waiting: waiting.sort((a, b) => turnOf(a) - turnOf(b) || a.seq - b.seq)
  }
}

/** Words first, then what nobody waits for, then documents: as the app sends them. */
const turnOf = ({ kind }: Waiting): number => ['word', 'quiet', 'freight'].indexOf(kind)

function waitingOf(row: Row, cargo: readonly Row[]): Waiting[] {
  const { id, seq, envelope, customership, writtenAt } = row
  const isOne = row['waiting'] === 1 && typeof id === 'string' && typeof seq === 'number'
  if (!isOne || typeof envelope !== 'object' || envelope === null) return []
  const heavy = row['cargo'] ? cargo.find((one) => one['id'] === id)?.['ciphertext'] : undefined
  return [
    {
      seq,
      customership: typeof customership === 'string' ? customership : id,
      envelope: { ...envelope, ...(heavy === undefined ? {} : { ciphertext: heavy }), id },
      writtenAt: typeof writtenAt === 'number' ? writtenAt : null,
      kind: row['freight'] ? 'freight' : row['quiet'] ? 'quiet' : 'word'
    }
  ]
}
