import { IDBDatabase as FDBDatabase, IDBFactory as FDBFactory } from 'fake-indexeddb'
import { memoryFile } from '#lib/vault/keyring-place.ts'
import type { KeyringFile } from '#lib/vault/keyring-slots.ts'
import { fillDisk } from '#tests/support/full-disk.ts'
import { actAs, actorNow, type Actor } from './scheduler.ts'
import { stage } from './stage.ts'

/** As the engine that stands in for the browser's keeps its things. */
interface RawTransaction extends EventTarget {
  readonly mode: IDBTransactionMode
  readonly durability: IDBTransactionDurability
  readonly _scope: Set<string>
  _started: boolean
  _state: 'active' | 'inactive' | 'committing' | 'finished'
  _rollbackLog: (() => void)[]
  readonly db: { readonly _rawDatabase: RawDatabase }
  _start(): void
  actor?: Actor | undefined
  isAsked?: true
}
interface RawRecord {
  readonly key: unknown
  value: unknown
}
interface RawRecords {
  values(): Iterable<RawRecord>
  put(record: RawRecord): unknown
  clear(): unknown
}
interface RawStore {
  readonly records: RawRecords
  readonly rawIndexes: ReadonlyMap<string, { readonly records: RawRecords }>
}
interface RawDatabase {
  readonly name: string
  transactions: RawTransaction[]
  connections: unknown[]
  readonly rawObjectStores: ReadonlyMap<string, RawStore>
  /** How many commits there were. */
  changes?: number
  processTransactions(): void
}

interface FDBInside {
  _rawDatabase: RawDatabase
  transaction(...given: unknown[]): RawTransaction
}
const inside = FDBDatabase.prototype as unknown as FDBInside

const { transaction: begin } = inside
inside.transaction = function (this: FDBInside, ...given) {
  const actor = actorNow()
  if (actor?.dead) throw new Error('the page is gone')
  const raw = this._rawDatabase
  if (raw.processTransactions !== letOn) raw.processTransactions = letOn
  const transaction = begin.apply(this, given)
  transaction.actor = actor
  return transaction
}

fillDisk((transaction) => {
  const machine = (transaction as unknown as RawTransaction).actor?.machine
  if (!machine || machine.failingWrites === 0) return false
  machine.failingWrites -= 1
  return true
})

const meet = (one: RawTransaction, other: RawTransaction): boolean =>
  [...one._scope].some((name) => other._scope.has(name))
const areReaders = (one: RawTransaction, other: RawTransaction): boolean =>
  one.mode === 'readonly' && other.mode === 'readonly'

/** Readers go on at once; whoever writes waits for a turn, in which all of it happens or nothing. */
function letOn(this: RawDatabase): void {
  queueMicrotask(() => {
    const open = this.transactions.filter(({ _state }) => _state !== 'finished')
    for (const [index, one] of open.entries()) {
      if (one._started) continue
      const before = open.filter((other, at) => other !== one && (other._started || at < index))
      if (before.some((other) => meet(one, other) && !areReaders(one, other))) continue
      const { scheduler } = stage
      if (one.mode !== 'readwrite' || !scheduler) start(this, one)
      else if (!one.isAsked) {
        one.isAsked = true
        const what = `writes ${[...one._scope].join('+')}`
        void scheduler.turn(what, one.actor).then(() => start(this, one))
      }
    }
  })
}

function start(raw: RawDatabase, one: RawTransaction): void {
  if (one._started || one._state === 'finished') return
  one._started = true
  const next = () => raw.processTransactions()
  one.addEventListener('complete', () => {
    raw.changes = (raw.changes ?? 0) + Number(one.mode !== 'readonly')
    keepUnsynced(raw, one)
  })
  one.addEventListener('complete', next)
  one.addEventListener('abort', () => {
    raw.changes = (raw.changes ?? 0) + 1
    next()
  })
  const run = () => setImmediate(() => one._start())
  if (one.actor) actAs(one.actor, run)
  else run()
}

/** What a power cut takes back: each commit after the last one that was made durable. */
const unsynced = new WeakMap<RawDatabase, (() => void)[]>()

function keepUnsynced(raw: RawDatabase, one: RawTransaction): void {
  if (one.mode === 'readonly') return
  if (one.durability === 'strict' || one.mode === 'versionchange') unsynced.delete(raw)
  else unsynced.set(raw, [...(unsynced.get(raw) ?? []), ...one._rollbackLog])
}

const recordsOf = ({ rawObjectStores }: RawDatabase): RawRecords[] =>
  [...rawObjectStores.values()].flatMap(({ records, rawIndexes }) => [
    records,
    ...Array.from(rawIndexes.values(), (index) => index.records)
  ])

/** All that lies on a disk: of each database what each of its stores and indexes has. */
export interface Lying {
  readonly keyring: Uint8Array<ArrayBuffer>
  readonly databases: ReadonlyMap<RawDatabase, readonly (readonly Readonly<RawRecord>[])[]>
}

interface Seen {
  readonly changes: number
  readonly rows: readonly unknown[]
}

/** One tablet's disk: its databases, and its keyring's file. */
export class TabletDisk {
  readonly factory = new FDBFactory()
  #keyring = memoryFile()
  #unflushed: { at: number; bytes: Uint8Array<ArrayBuffer> }[] = []

  get #databases(): Map<string, RawDatabase> {
    return (this.factory as unknown as { _databases: Map<string, RawDatabase> })._databases
  }

  /** Rows of a table as they lie there, without asking anybody's leave. */
  rows<T>(database: string, table: string): readonly T[] {
    const name = `${database} ${table}`
    const { changes } = this
    const seen = this.#seen.get(name)
    if (seen?.changes === changes) return seen.rows as readonly T[]
    const records = this.#databases.get(database)?.rawObjectStores.get(table)?.records
    const rows = records ? Array.from(records.values(), ({ value }) => value) : []
    this.#seen.set(name, { changes, rows })
    return rows as readonly T[]
  }
  readonly #seen = new Map<string, Seen>()

  /** A row is another one now, and nobody wrote it. */
  spoil(database: string, table: string, row: object, spoilt: object): void {
    const records = this.#databases.get(database)?.rawObjectStores.get(table)?.records
    for (const record of records?.values() ?? []) if (record.value === row) record.value = spoilt
    this.#touch()
  }

  keep(): Lying {
    const databases = Array.from(this.#databases.values(), (raw) => {
      const rows = recordsOf(raw).map((records) => Array.from(records.values()))
      return [raw, structuredClone(rows)] as const
    })
    return { keyring: this.#keyring.content().slice(), databases: new Map(databases) }
  }

  /** What was there when the history began, and nobody who reads it. Values are copied by whoever reads them. */
  layBack({ keyring, databases }: Lying): void {
    this.#keyring = memoryFile(keyring.slice())
    this.#unflushed = []
    this.#databases.clear()
    for (const [raw, kept] of databases) {
      this.#databases.set(raw.name, raw)
      for (const [index, records] of recordsOf(raw).entries()) {
        records.clear()
        for (const { key, value } of kept[index] ?? []) records.put({ key, value })
      }
      unsynced.delete(raw)
    }
    this.forgetConnections()
    this.#touch()
  }

  readonly keyring: KeyringFile = {
    size: () => this.#keyring.size(),
    read: (at, length) => this.#keyring.read(at, length),
    write: (at, bytes) => {
      this.#unflushed.unshift({ at, bytes: this.#keyring.read(at, bytes.length) })
      this.#keyring.write(at, bytes)
    },
    flush: () => {
      this.#unflushed = []
    }
  }

  /** Another number when anything but the keyring was written since. */
  get changes(): number {
    let all = this.#changes
    for (const { changes = 0 } of this.#databases.values()) all += changes
    return all
  }
  #changes = 0

  /** Rows were changed behind everybody's back. */
  #touch(): void {
    this.#changes += 1
  }

  /** Nobody is there any more who could end what was begun. */
  letGo(isGone: (actor: Actor | undefined) => boolean): void {
    this.#touch()
    for (const raw of this.#databases.values()) {
      raw.transactions = raw.transactions.filter(({ actor }) => !isGone(actor))
      raw.processTransactions()
    }
  }

  /** The battery is out: what was not made durable is gone. */
  cutPower(): void {
    this.#touch()
    for (const { at, bytes } of this.#unflushed) this.#keyring.write(at, bytes)
    this.#unflushed = []
    for (const raw of this.#databases.values()) {
      for (const undo of (unsynced.get(raw) ?? []).toReversed()) undo()
      unsynced.delete(raw)
    }
  }

  forgetConnections(): void {
    for (const raw of this.#databases.values()) {
      raw.connections = []
      raw.transactions = []
    }
  }
}
