import { IDBCursor, IDBObjectStore, IDBTransaction } from 'fake-indexeddb'

/** As the engine that stands in for the browser's keeps its things. */
interface RawTransaction extends IDBTransaction {
  readonly _requests: readonly unknown[]
  readonly _state: 'active' | 'inactive' | 'committing' | 'finished'
  _start(): void
  _abort(name: string): void
}

/**
 * As Chromium finds a disk full: a transaction that puts anything is taken back whole when all of it was asked for;
 * what only deletes goes through. `isFull` is asked once for each that puts.
 */
export function fillDisk(isFull: (transaction: IDBTransaction) => boolean): void {
  const putting = new WeakSet<IDBTransaction>()
  const mark = <T extends object>(
    of: T,
    name: keyof T,
    transaction: (one: T) => IDBTransaction
  ) => {
    const method = of[name] as (...given: unknown[]) => unknown
    Object.assign(of, {
      [name](this: T, ...given: unknown[]) {
        putting.add(transaction(this))
        return method.apply(this, given)
      }
    })
  }
  const ofCursor = ({ source }: IDBCursor) =>
    'transaction' in source ? source.transaction : source.objectStore.transaction
  mark(IDBObjectStore.prototype, 'put', ({ transaction }) => transaction)
  mark(IDBObjectStore.prototype, 'add', ({ transaction }) => transaction)
  mark(IDBCursor.prototype, 'update', ofCursor)

  const raw = IDBTransaction.prototype as unknown as RawTransaction
  const { _start: goOn } = raw
  raw._start = function (this: RawTransaction) {
    const isWhole = this._requests.length === 0 && this._state !== 'finished'
    const isPutting = this.mode === 'readwrite' && putting.has(this)
    if (isWhole && isPutting && isFull(this)) this._abort('QuotaExceededError')
    else goOn.call(this)
  }
}
