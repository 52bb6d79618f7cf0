import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipReader } from './customership-reader.ts'
import type { Database } from './database.ts'

/** What kept values depend on beside their customership: when the stamp differs, all are read anew. */
export interface Basis {
  readonly stamp: string
}

export interface Keeping<T, B extends Basis> {
  readonly basis: () => Promise<B>
  readonly read: (reader: CustomershipReader, basis: B) => Promise<T>
}

/** How a register is read for keeping: what others changed, which there are, and many of them in one snapshot. */
export interface Source {
  hearOthers(): Promise<void>
  ids(): Promise<readonly CustomershipId[]>
  snapshot(use: () => Promise<void>): Promise<void>
  read<T>(
    id: CustomershipId,
    use: (reader: CustomershipReader) => Promise<T>
  ): Promise<{ value: T } | null>
}

/** Read in one snapshot before others get their turn. */
const slice = 50

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
      const ids = [...this.#behind]
      for (let at = 0; at < ids.length; at += slice) {
        if (at > 0) await new Promise(setImmediate)
        await this.#readSome(ids.slice(at, at + slice), basis)
      }
    }
    return this.#values
  }

  async #readSome(ids: readonly CustomershipId[], basis: B): Promise<void> {
    for (const id of ids) this.#behind.delete(id)
    try {
      await this.#source.snapshot(async () => {
        for (const id of ids) {
          const read = await this.#source.read(id, (one) => this.#keeping.read(one, basis))
          // Changed or planned for deletion while it was read: the next round reads it again.
          if (this.#behind.has(id)) continue
          if (read) this.#values.set(id, read.value)
          else this.#values.delete(id)
        }
      })
    } catch (error) {
      for (const id of ids) this.#behind.add(id)
      throw error
    }
  }
}

/** Everything that is kept of customerships, told of each change and each deletion in one place. */
export class KeptInMemory {
  readonly #all = new Set<
    Pick<Kept<unknown, Basis>, 'changed' | 'forget' | 'forgetAll' | 'values'>
  >()

  /** What another process has changed or deleted is not kept here either. */
  constructor(database: Pick<Database<unknown>, 'onOthers'>) {
    database.onOthers((heard) => {
      if (heard === null) for (const kept of this.#all) kept.forgetAll()
      else
        for (const one of heard)
          if (typeof one === 'object' && 'customership' in one) this.forget(one.customership)
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
