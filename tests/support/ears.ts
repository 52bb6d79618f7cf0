/** At the other end of a line that rings. */
export class Ears {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  /** Every byte that came. */
  heard = ''
  #rung = 0

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader()
  }

  /** Resolves at the next ring that was not waited for yet. False: the line has ended. */
  async ring(): Promise<boolean> {
    while (this.#rings() <= this.#rung) {
      const { done, value } = await this.#reader.read()
      if (done) return false
      this.heard += Buffer.from(value).toString()
    }
    this.#rung += 1
    return true
  }

  /** How often it has rung until now; what is on its way is not waited for. */
  get rings(): number {
    return this.#rings()
  }

  /** Reads on to the end of the line. */
  async rest(): Promise<number> {
    while (await this.ring());
    return this.#rings()
  }

  async hangUp(): Promise<void> {
    await this.#reader.cancel()
  }

  #rings(): number {
    return this.heard.split('data:').length - 1
  }
}
