import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipReader } from './customership-reader.ts'
import type { Database } from './database.ts'
import type { Touched } from './touched.ts'

/** What kept values depend on beside their customership: when the stamp differs, all are read anew. */
export interface Basis {
  readonly stamp: string
}

export interface Keeping<T, B extends Basis> {
  readonly basis: () => Promise<B>
  /** Null: there is nothing to keep of it, and it takes no room. */
  readonly read: (reader: CustomershipReader, basis: B) => Promise<T | null>
}

/** How a register is read for keeping: what others changed, which there are, and many of them in one snapshot. */
export interface Source {
  hearOthers(): Promise<void>
  ids(): Promise<readonly CustomershipId[]>
  snapshot(use: () => Promise<void>): Promise<void>
  read<T>(id: CustomershipId, use: (reader: CustomershipReader) => Promise<T>): Promise<T | null>
}

/** Read in one snapshot before others get their turn: so many, or as many as this time has. */
const most = 50
const turnMilliseconds = 20

/**
 * A value in memory for each customership, read again when the customership has changed. What is
 * being deleted is forgotten at once (§7), and what was being read meanwhile is not kept.
 */
export class Kept<T, B extends Basis> {
  readonly #source: Source
  readonly #keeping: Keeping<T, B>
  readonly #values = new Map<CustomershipId, T>()
  readonly #behind = new Set<CustomershipId>()
  #stamp: string | null = null
  #queue: Promise<unknown> = Promise.resolve()

  constructor(source: Source, keeping: Keeping<T, B>) {
    this.#source = source
    this.#keeping = keeping
  }

  /** True to every commit before the call. The map is alive: whoever waits must ask again. */
  values(): Promise<ReadonlyMap<CustomershipId, T>> {
    const next = this.#queue.then(() => this.#catchUp())
    this.#queue = next.catch(() => undefined)
    return next
  }

  changed(id: CustomershipId): void {
    this.#behind.add(id)
  }

  forget(id: CustomershipId): void {
    this.#values.delete(id)
    this.#behind.add(id)
  }

  forgetAll(): void {
    this.#values.clear()
    this.#stamp = null
  }

  async #catchUp(): Promise<ReadonlyMap<CustomershipId, T>> {
    await this.#source.hearOthers()
    const basis = await this.#keeping.basis()
    if (basis.stamp !== this.#stamp) {
      for (const id of await this.#source.ids()) this.#behind.add(id)
      this.#stamp = basis.stamp
    }
    while (this.#behind.size > 0) {
      await this.#source.snapshot(() => this.#readSome(basis))
      if (this.#behind.size > 0) await new Promise(setImmediate)
    }
    return this.#values
  }

  async #readSome(basis: B): Promise<void> {
    const until = performance.now() + turnMilliseconds
    let left = most
    for (const id of this.#behind) {
      await this.#readOne(id, basis)
      left -= 1
      if (left === 0 || performance.now() >= until) return
    }
  }

  async #readOne(id: CustomershipId, basis: B): Promise<void> {
    this.#behind.delete(id)
    try {
      const read = await this.#source.read(id, async (one) => ({
        id: one.facts.id,
        value: await this.#keeping.read(one, basis)
      }))
      // Changed or planned for deletion while it was read: it is read again.
      if (this.#behind.has(id)) return
      // By its own id, which lies in memory once.
      if (read && read.value !== null) this.#values.set(read.id, read.value)
      else this.#values.delete(id)
    } catch (error) {
      this.#behind.add(id)
      throw error
    }
  }
}

const customershipsIn = (touched: readonly Touched[]): CustomershipId[] =>
  touched.flatMap((one) =>
    typeof one === 'object' && 'customership' in one ? one.customership : []
  )

/** Everything that is kept of customerships, told of each change and each deletion in one place. */
export class KeptInMemory {
  readonly #all = new Set<
    Pick<Kept<unknown, Basis>, 'changed' | 'forget' | 'forgetAll' | 'values'>
  >()

  /**
   * What another process has changed or deleted is not kept here either. Of our own commits we hear once
   * more when they are done: PostgreSQL lets others read what was there before, while they are being made.
   */
  constructor(database: Pick<Database<unknown>, 'onOthers' | 'onShown'>) {
    database.onShown((touched) => {
      for (const id of customershipsIn(touched)) this.changed(id)
    })
    database.onOthers((heard) => {
      if (heard === null) for (const kept of this.#all) kept.forgetAll()
      else for (const id of customershipsIn(heard)) this.forget(id)
    })
  }

  add<T, B extends Basis>(kept: Kept<T, B>): Kept<T, B> {
    this.#all.add(kept)
    return kept
  }

  changed(id: CustomershipId): void {
    for (const kept of this.#all) kept.changed(id)
  }

  forget(id: CustomershipId): void {
    for (const kept of this.#all) kept.forget(id)
  }

  /** Reads beforehand what the first question of the day would otherwise wait for. */
  async catchUp(): Promise<void> {
    for (const kept of this.#all) await kept.values()
  }
}
