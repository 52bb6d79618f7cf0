import { beginDigest } from '#server/keys/digest.ts'

const pieceBytes = 1024 * 1024

/** Gathers bytes to pieces of one size and gives each away as soon as it is full. */
export class PieceSink {
  readonly #put: (piece: number, bytes: Buffer) => Promise<void>
  readonly #digest = beginDigest()
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  pieces = 0
  bytes = 0

  constructor(put: (piece: number, bytes: Buffer) => Promise<void>) {
    this.#put = put
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.slice(at, at + pieceBytes - this.#waitingBytes)
      at += part.length
      this.#digest.add(part)
      this.#waiting.push(part)
      this.#waitingBytes += part.length
      if (this.#waitingBytes === pieceBytes) await this.#flush()
    }
  }

  /** SHA-256 of all of it, hex. */
  async end(): Promise<string> {
    if (this.#waitingBytes > 0) await this.#flush()
    return Buffer.from(this.#digest.value(), 'base64url').toString('hex')
  }

  async #flush(): Promise<void> {
    const piece = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    this.pieces += 1
    this.bytes += piece.length
    await this.#put(this.pieces, piece)
  }
}
