import Dexie from 'dexie'
import { memoryFile } from '#lib/vault/keyring-place.ts'
import type { KeyringPlace } from '#lib/vault/keyring.ts'
import { Room } from '#lib/vault/room.ts'
import type { Question } from '#lib/vault/worker.ts'

/**
 * A tablet's disk that dies at whatever step the test says: each write and each flush of the keyring is
 * one, each writing transaction of IndexedDB is one. From then on nothing more is written, as when the
 * battery was pulled; revived, everything written before is there.
 */
export class DyingDisk {
  readonly #files = new Map<string, ReturnType<typeof memoryFile>>()
  #left = Infinity
  /** How many there were since the last call of `dieAfter`. */
  steps = 0

  dieAfter(steps: number): void {
    this.#left = steps
    this.steps = 0
  }

  /** Also an empty one: what was on it is gone. */
  async renew(): Promise<void> {
    this.dieAfter(Infinity)
    this.#files.clear()
    for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
  }

  keyringOf(device: string): Uint8Array {
    return this.#files.get(device)?.content() ?? new Uint8Array(0)
  }

  /** Stands where the browser would stand under the vault; answers how to take it away. */
  install(): () => void {
    const { transaction } = IDBDatabase.prototype
    const { deleteDatabase } = IDBFactory.prototype
    const step = this.#step.bind(this)
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
      if (mode === 'readwrite') step()
      return transaction.call(this, stores, mode, options)
    }
    IDBFactory.prototype.deleteDatabase = function (name) {
      step()
      return deleteDatabase.call(this, name)
    }
    const before = { Worker: globalThis.Worker, document: globalThis.document }
    const makeRoom = () => this.#room()
    const page = new EventTarget()
    Object.assign(globalThis, {
      Worker: class extends InnerWorker {
        constructor() {
          super(makeRoom())
        }
      },
      document: Object.assign(page, { visibilityState: 'visible' }),
      addEventListener: page.addEventListener.bind(page),
      removeEventListener: page.removeEventListener.bind(page)
    })
    return () => {
      IDBDatabase.prototype.transaction = transaction
      IDBFactory.prototype.deleteDatabase = deleteDatabase
      Object.assign(globalThis, before)
    }
  }

  #step(): void {
    if (this.#left <= 0) throw new DOMException('the tablet is dead', 'AbortError')
    this.#left -= 1
    this.steps += 1
  }

  #room(): Room {
    return new Room({
      place: (device) => this.#place(device),
      storage: async () => 'opfs',
      // The least that is accepted: these tests are not about slowness.
      kdf: async () => ({ memory: 19 * 1024, passes: 1, parallelism: 1 })
    })
  }

  #place(device: string): KeyringPlace {
    const file = this.#files.get(device) ?? memoryFile()
    this.#files.set(device, file)
    return {
      use: async (work) =>
        work({
          ...file,
          write: (at, bytes) => {
            this.#step()
            file.write(at, bytes)
          },
          flush: () => this.#step()
        })
    }
  }
}

/** The vault's room behind the face of a worker, in this very thread. */
class InnerWorker {
  readonly #room: Room
  #ended = false
  onmessage: ((message: { data: unknown }) => void) | null = null
  onerror: (() => void) | null = null

  constructor(room: Room) {
    this.#room = room
  }

  postMessage(question: Question): void {
    void this.#answer(structuredClone(question))
  }

  terminate(): void {
    this.#ended = true
  }

  async #answer({ call, name, input }: Question): Promise<void> {
    const reply = (more: object) => {
      if (!this.#ended) this.onmessage?.({ data: structuredClone({ call, ...more }) })
    }
    try {
      const command = this.#room[name].bind(this.#room) as (...given: unknown[]) => Promise<unknown>
      reply({ value: await command(input, (event: unknown) => reply({ event })) })
    } catch (error) {
      reply({ failed: error instanceof Error ? error.name : 'Error' })
    }
  }
}
