import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipReader } from './customership-reader.ts'

/** What kept values depend on beside their customership: when the stamp differs, all are read anew. */
export interface Basis {
  readonly stamp: string
}

export interface Keeping<T, B extends Basis> {
  readonly basis: () => Promise<B>
  /** Null: there is nothing to keep of it, and it takes no room. What the reader opens is not changed. */
  readonly read: (reader: CustomershipReader, basis: B) => Promise<T | null>
}

/** The reading of one customership for one sort of values. */
export interface Reading {
  read(reader: CustomershipReader): Promise<void>
  /** Once it was looked for. What was not read is no longer there. */
  done(): void
  /** It is looked for again. */
  failed(): void
}

/** What is kept, as whoever reads the register for it sees it. */
export interface Behind {
  readonly behind: ReadonlySet<CustomershipId>
  /** Those are behind that have changed since; all, when what they depend on has. */
  follow(ids: () => Promise<readonly CustomershipId[]>): Promise<void>
  /** Null: it is not behind in that one. */
  begin(id: CustomershipId): Reading | null
}

/**
 * A value in memory for each customership, read again when the customership has changed. What is
 * being deleted is forgotten at once (§7), and what was being read meanwhile is not kept.
 */
export class Kept<T, B extends Basis> implements Behind {
  readonly #keeping: Keeping<T, B>
  readonly #catchUp: (kept: Behind) => Promise<void>
  readonly #values = new Map<CustomershipId, T>()
  readonly #behind = new Set<CustomershipId>()
  #basis: B | null = null
  #stamp: string | null = null
  /** How often everything was forgotten: what was being read then is not kept either. */
  #emptied = 0

  constructor(keeping: Keeping<T, B>, catchUp: (kept: Behind) => Promise<void>) {
    this.#keeping = keeping
    this.#catchUp = catchUp
  }

  /** True to every commit before the call. The map is alive: whoever waits must ask again. */
  async values(): Promise<ReadonlyMap<CustomershipId, T>> {
    await this.#catchUp(this)
    return this.#values
  }

  get behind(): ReadonlySet<CustomershipId> {
    return this.#behind
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
    this.#emptied += 1
  }

  async follow(ids: () => Promise<readonly CustomershipId[]>): Promise<void> {
    const basis = await this.#keeping.basis()
    if (basis.stamp === this.#stamp) return
    for (const id of await ids()) this.#behind.add(id)
    this.#basis = basis
    this.#stamp = basis.stamp
  }

  begin(id: CustomershipId): Reading | null {
    const [basis, emptied] = [this.#basis, this.#emptied]
    if (!basis || !this.#behind.delete(id)) return null
    let found: { readonly id: CustomershipId; readonly value: T | null } | null = null
    return {
      read: async (reader) => {
        // By its own id, which lies in memory once for all that is kept of it.
        found = { id: reader.facts.id, value: await this.#keeping.read(reader, basis) }
      },
      done: () => {
        // Changed or planned for deletion while it was read: it is read again.
        if (this.#behind.has(id)) return
        if (this.#emptied !== emptied) this.#behind.add(id)
        else if (found && found.value !== null) this.#values.set(found.id, found.value)
        else this.#values.delete(id)
      },
      failed: () => this.#behind.add(id)
    }
  }
}
