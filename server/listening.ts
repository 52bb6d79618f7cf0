import type { Server, ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'

type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>

/** Why the port could not be opened, in one line. */
export class ListenError extends Error {}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'needs more rights than this user has',
  EADDRNOTAVAIL: 'is at an address that this machine does not have',
  ENOTFOUND: 'is at a host that is not known'
}

/**
 * The listening port. It can be closed and opened again while the app behind it lives on, and be
 * given another app to serve.
 */
export class Listening {
  readonly #at: { port: number; host: string }
  readonly #inHand = new Set<Promise<unknown>>()
  readonly #responses = new Set<ServerResponse>()
  #server: Server | null = null
  #fetch: Fetch

  constructor(at: { port: number; host: string }, fetch: Fetch) {
    this.#fetch = fetch
    this.#at = { port: at.port, host: at.host }
  }

  get isOpen(): boolean {
    return this.#server !== null
  }

  /** The port in fact, when 0 asked for any. */
  get port(): number {
    const address = this.#server?.address()
    return typeof address === 'object' && address ? address.port : this.#at.port
  }

  serve(fetch: Fetch): void {
    this.#fetch = fetch
  }

  async open(): Promise<void> {
    const server = createAdaptorServer({ fetch: (request, env) => this.#answer(request, env) })
    if (!('requestTimeout' in server)) throw new ListenError('plain HTTP is served')
    // A body that trickles in for minutes is not one of ours.
    server.requestTimeout = 120_000
    server.headersTimeout = 20_000
    server.prependListener('request', (_, response) => {
      this.#responses.add(response)
      response.once('close', () => this.#responses.delete(response))
      // A connection that is kept open is a door: who knocks at it again would never be the last.
      if (this.#server !== server) response.shouldKeepAlive = false
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const reason = reasons[error.code ?? ''] ?? `cannot be opened (${error.code ?? 'unknown'})`
        reject(new ListenError(`Port ${this.#at.port} ${reason}.`))
      })
      server.listen(this.#at.port, this.#at.host, resolve)
    })
    this.#server = server
    this.#at.port = this.port
  }

  /** Nobody new is let in; what is in hand may finish, then every connection is cut. */
  async close(patienceMilliseconds = 0): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = null
    for (const response of this.#responses) response.shouldKeepAlive = false
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    await Promise.race([
      Promise.allSettled(this.#inHand).then(() => closed),
      new Promise((resolve) => setTimeout(resolve, patienceMilliseconds).unref())
    ])
    server.closeAllConnections()
    await closed
  }

  #answer(request: Request, env: unknown): Promise<Response> {
    const answer = Promise.resolve(this.#fetch(request, env))
    this.#inHand.add(answer)
    const done = () => this.#inHand.delete(answer)
    answer.then(done, done)
    return answer
  }
}
