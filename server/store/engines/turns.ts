/** One after the other, in the order in which they asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when it is the asker's turn, with how to let the next one go. */
  async take(): Promise<() => void> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#last = before.then(() => promise)
    await before
    return () => resolve(undefined)
  }
}
