import Dexie, { type ObservabilitySet } from 'dexie'

interface Following<T> {
  /** The tables that `look` reads, of whichever database of ours. */
  readonly tables: readonly string[]
  /** Milliseconds from the beginning of one look to that of the next. */
  readonly rest: number
  readonly look: () => Promise<T>
  readonly tell: (seen: T) => void
}

/**
 * Looks at once, and again whenever one of the tables was written, by whichever tab or worker; what is
 * written before the rest is over is seen together at its end. A live query would look after every
 * commit: a thousand notes on their way make many, and each look takes the disk from the next.
 * A look that fails is told to nobody; what is written next, or a connection that closed, brings another.
 * Answers how to stop.
 */
export function follow<T>(following: Following<T>): () => void {
  const watch = new Watch(following)
  return () => watch.stop()
}

class Watch<T> {
  readonly #following: Following<T>
  #begun = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined
  #isLooking = false
  #isWanted = false
  #isStopped = false

  constructor(following: Following<T>) {
    this.#following = following
    Dexie.on.storagemutated.subscribe(this.#hear)
    void this.#look()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    Dexie.on.storagemutated.unsubscribe(this.#hear)
  }

  readonly #hear = (parts: ObservabilitySet): void => {
    const { tables } = this.#following
    if (Object.keys(parts).some((part) => concerns(part, tables))) this.#want()
  }

  #want(): void {
    this.#isWanted = true
    if (this.#isLooking || this.#timer !== undefined) return
    const left = this.#begun + this.#following.rest - performance.now()
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, left))
  }

  async #look(): Promise<void> {
    this.#timer = undefined
    this.#isLooking = true
    this.#isWanted = false
    this.#begun = performance.now()
    const seen = await this.#following.look().then(
      (value) => ({ value }),
      () => null
    )
    this.#isLooking = false
    this.#tell(seen)
  }

  #tell(seen: { readonly value: T } | null): void {
    if (this.#isStopped) return
    if (seen) this.#following.tell(seen.value)
    if (this.#isWanted) this.#want()
  }
}

/** A part is `idb://database/table/index`, or `all`: a connection was closed, and anything may be otherwise. */
const concerns = (part: string, tables: readonly string[]): boolean =>
  part === 'all' || tables.includes(part.split('/')[3] ?? '')
