import type { ClientRequest, IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'

const pieceBytes = 1024

/** What a radio far from its mast carries: all that is on it shares so much, and nothing is there at once. */
export class SlowLine {
  readonly #latencyMilliseconds: number
  readonly #bytesPerMillisecond: number
  #freeAt = 0

  constructor({ milliseconds, kilobits }: { milliseconds: number; kilobits: number }) {
    this.#latencyMilliseconds = milliseconds
    this.#bytesPerMillisecond = kilobits / 8
  }

  /** Resolves when the first byte of what leaves now would be at the other end. */
  async reach(): Promise<void> {
    await pause(this.#latencyMilliseconds)
  }

  /** A request, from the tablet to the server. */
  async bring(request: IncomingMessage, onward: ClientRequest): Promise<void> {
    await this.reach()
    try {
      await pipeline(this.carry(request), onward)
    } catch {
      // The tablet hung up, or there is no server.
      onward.destroy()
    }
  }

  /** The same bytes, a piece after another as the line has room for them. */
  async *carry(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of bytes)
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes)
        const now = performance.now()
        this.#freeAt = Math.max(this.#freeAt, now) + piece.length / this.#bytesPerMillisecond
        await pause(this.#freeAt - now)
        yield piece
      }
  }
}
