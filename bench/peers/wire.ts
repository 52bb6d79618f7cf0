import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** Stands between the browser and a server, lets everything pass and counts it. */
export class Wire {
  readonly port: number
  /** The port behind it; null: nobody answers. */
  target: number | null = null
  /** Bytes so far, headers included. */
  sent = 0
  received = 0
  readonly #server: Server
  readonly #open = new Set<Socket>()

  private constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
    server.on('connection', (near: Socket) => this.#meet(near))
  }

  static async listen(): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return new Wire(server, address.port)
  }

  /** From here on another server answers, or none; what was open is cut. */
  turnTo(target: number | null): void {
    this.target = target
    for (const socket of this.#open) socket.destroy()
  }

  get bytes(): { readonly sent: number; readonly received: number } {
    return { sent: this.sent, received: this.received }
  }

  async close(): Promise<void> {
    this.turnTo(null)
    this.#server.close()
    await once(this.#server, 'close')
  }

  #meet(near: Socket): void {
    if (this.target === null) {
      near.destroy()
      return
    }
    const far = connect(this.target, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near]
    ] as const) {
      one.setNoDelay(true)
      this.#open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
    near.on('data', (part: Buffer) => (this.sent += part.length))
    far.on('data', (part: Buffer) => (this.received += part.length))
  }
}
