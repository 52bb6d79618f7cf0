import Dexie, { RangeSet, type DBCore, type Transaction } from 'dexie'

/** Between a failure to open and the next try. */
const restMilliseconds = 500

/**
 * The one gateway to IndexedDB: a connection that was closed or broke is opened again by whoever
 * uses it next, without a reload. Only what a newer version of the app has made its own shuts it for
 * good: what is written the old way after an upgrade could be lost to it.
 */
export class Gateway extends Dexie {
  /** Runs before a newer version may have the database; it waits for it. */
  beforeYield: () => Promise<unknown> = () => Promise.resolve()
  #closings = 0
  #isShut = false
  #isUpgrading = false

  constructor(name: string) {
    // "Saved" and "delivered" are said of what would survive a power cut.
    super(name, {
      chromeTransactionDurability: 'strict',
      indexedDB: upTo(
        () => Math.floor(this.verno) * 10 + 9,
        (isUpgrading) => {
          this.#isUpgrading = isUpgrading
        }
      )
    })
    this.use({ stack: 'dbcore', name: 'gateway', create: reopening() })
    this.on('versionchange', this.#yield)
    this.on('close', () => {
      this.#closings += 1
      // Whoever watches asks again, which opens it: what failed in between would stay silent for ever.
      setTimeout(() => {
        Dexie.on.storagemutated.fire({ all: new RangeSet(-Infinity, [[]]) })
      })
    })
    const once = this.transaction.bind(this) as (...given: unknown[]) => Promise<unknown>
    Object.assign(this, {
      transaction: (...given: unknown[]) => this.#repeat(() => once(...given))
    })
  }

  /** After a failure Dexie would never try again. */
  override open(): ReturnType<Dexie['open']> {
    return super.open().catch((error: unknown) => {
      // An upgrade that failed would fail again, and each try turns every tab of the old version out.
      this.#isShut = this.#isUpgrading || (error as Error).name === Dexie.errnames.Version
      if (this.#isShut) this.close()
      else setTimeout(() => this.close({ disableAutoOpen: false }), restMilliseconds)
      throw error
    })
  }

  /** What was aborted with its connection left nothing behind, and is done once more. */
  #repeat(run: () => Promise<unknown>): Promise<unknown> {
    const outer = Dexie.currentTransaction as Transaction | undefined
    if (outer) return run()
    const before = this.#closings
    return run().catch((error: unknown) => {
      const { name } = error as Error
      if (this.#isShut || this.#closings === before || !broken.includes(name)) throw error
      return run()
    })
  }

  /**
   * Another tab upgrades, or wipes: it waits only as long as words need to be sealed. An upgrade may
   * fail and leave everything as it was; then whoever asks here has it again.
   */
  readonly #yield = ({ newVersion }: IDBVersionChangeEvent): false => {
    if (newVersion === null) this.close()
    else void this.beforeYield().then(() => this.close({ disableAutoOpen: false }))
    return false
  }
}

/**
 * Dexie would open whatever it finds, and add to it what it misses there: a database that a newer
 * version has made its own. Tens are ours, and the ones are Dexie's for its own mending.
 */
function upTo(
  newest: () => number,
  tell: (isUpgrading: boolean) => void
): Pick<IDBFactory, 'open' | 'deleteDatabase' | 'databases'> {
  return {
    open: (name, version = newest()) => {
      const request = indexedDB.open(name, Math.min(version, newest()))
      request.addEventListener('upgradeneeded', ({ oldVersion }) => tell(oldVersion > 0))
      request.addEventListener('success', () => tell(false))
      return request
    },
    deleteDatabase: (name) => indexedDB.deleteDatabase(name),
    databases: () => indexedDB.databases()
  }
}

const broken = [
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'OpenFailedError',
  'UnknownError'
]

/** How often in a row a connection may fail to begin a transaction of one kind before that is told. */
const mostTries = 3

/**
 * Dexie opens anew and repeats what met an invalid state, and takes every other break for the caller's fault. It
 * counts its tries, but anew with each transaction that begins: a disk that is read and takes no write would be tried
 * for ever. So they are counted here, by kind, over all connections.
 */
function reopening(): (core: DBCore) => DBCore {
  const failed = { readonly: 0, readwrite: 0 }
  return (core) => ({
    ...core,
    transaction(stores, mode, options) {
      try {
        const begun = core.transaction(stores, mode, options)
        failed[mode] = 0
        return begun
      } catch (error) {
        failed[mode] += 1
        if (!broken.includes((error as Error).name)) throw error
        if (failed[mode] > mostTries) throw new Dexie.AbortError('no transaction begins')
        throw new DOMException('the connection is gone', 'InvalidStateError')
      }
    }
  })
}
