/** The longest that one turn of the event loop goes from question to question. Milliseconds. */
const turnMilliseconds = 10

/**
 * SQLite answers in the turn in which it is asked, so that a hundred who wait for its connection would be
 * served in one, and nobody else heard meanwhile.
 */
export class LongTurn {
  #begunAt: number | null = null

  /** Null while the turn is short; else the next one is waited for. */
  end(): Promise<void> | null {
    if (this.#begunAt === null) this.#begin()
    else if (performance.now() - this.#begunAt > turnMilliseconds) return this.#next()
    return null
  }

  async #next(): Promise<void> {
    await new Promise(setImmediate)
    this.#begin()
  }

  #begin(): void {
    this.#begunAt = performance.now()
    setImmediate(() => (this.#begunAt = null))
  }
}
