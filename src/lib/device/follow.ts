import Dexie, { type ObservabilitySet } from 'dexie'

interface Following<T> {
  /** The tables that `look` reads, of whichever database of ours. */
  readonly tables: readonly string[]
  /** Milliseconds from the beginning of one look to that of the next. */
  readonly rest: number
  /** Every look but the first begins once this is over. */
  readonly wait?: () => Promise<void>
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
  /** Runs from the beginning of each look: no clock is read, which may be set in between. */
  #rest: ReturnType<typeof setTimeout> | undefined
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
    clearTimeout(this.#rest)
    Dexie.on.storagemutated.unsubscribe(this.#hear)
  }

  readonly #hear = (parts: ObservabilitySet): void => {
    const { tables } = this.#following
    if (!Object.keys(parts).some((part) => concerns(part, tables))) return
    this.#isWanted = true
    this.#goOn()
  }

  #goOn(): void {
    if (this.#isWanted && !this.#isLooking && this.#rest === undefined) void this.#lookAgain()
  }

  /** What is written while it waits is seen with the rest. */
  async #lookAgain(): Promise<void> {
    this.#isLooking = true
    await this.#following.wait?.()
    if (!this.#isStopped) await this.#look()
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    this.#isWanted = false
    this.#rest = setTimeout(() => {
      this.#rest = undefined
      this.#goOn()
    }, this.#following.rest)
    const seen = await this.#following.look().then(
      (value) => ({ value }),
      () => null
    )
    this.#isLooking = false
    if (this.#isStopped) return
    if (seen) this.#following.tell(seen.value)
    this.#goOn()
  }
}

/** A part is `idb://database/table/index`, or `all`: a connection was closed, and anything may be otherwise. */
const concerns = (part: string, tables: readonly string[]): boolean =>
  part === 'all' || tables.includes(part.split('/')[3] ?? '')
