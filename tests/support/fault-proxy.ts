import { once } from 'node:events'
import {
  createServer,
  request as ask,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse
} from 'node:http'
import { falseAnswer, type Fault } from './fault.ts'
import { drain, spoil } from './spoilt-answer.ts'

export type { Fault } from './fault.ts'

/** Stands where the network is, between a real tablet and a real server; the test says what it does. */
export class FaultProxy {
  readonly port: number
  /** The port of the server behind it. */
  target = 0
  /** The port of what has the app's files, where that is not the server. */
  files: number | null = null
  fault: (path: string) => Fault | null = () => null
  /** Told of each request that goes on to the server; what it answers with hears what was brought, once its line is let go. */
  watch: (path: string) => ((body: string) => void) | null = () => null
  /** Told of each answer of the server that came through whole. */
  heard: ((path: string, answer: string) => void) | null = null
  readonly #server: ReturnType<typeof createServer>

  private constructor(server: ReturnType<typeof createServer>) {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    this.port = address.port
    this.#server = server
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#meet(request, response)
    )
  }

  static async listen(): Promise<FaultProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new FaultProxy(server)
  }

  /** No fault any more. */
  heal(): void {
    this.fault = () => null
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #meet(request: IncomingMessage, response: ServerResponse): void {
    const fault = this.fault(request.url ?? '/')
    response.on('error', () => undefined)
    const answer = falseAnswer(fault)
    if (fault?.does === 'refuse') request.destroy()
    else if (answer) {
      request.resume()
      response.writeHead(answer.status, answer.headers).end(answer.body)
    } else this.#forward(request, response, fault)
  }

  #observe(request: IncomingMessage, response: ServerResponse): void {
    const done = this.watch(request.url ?? '/')
    if (!done) return
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    // Who watches does not hurry it: what flows before its line is ready is gone.
    request.pause()
    // Half a request says nothing.
    response.on('close', () => done(request.complete ? Buffer.concat(chunks).toString() : ''))
  }

  #forward(request: IncomingMessage, response: ServerResponse, fault: Fault | null): void {
    this.#observe(request, response)
    const onward = this.#onward(request, fault)
    onward.on('error', () => response.destroy())
    if (fault?.does === 'lose' && fault.once === 'sent') onward.on('finish', fault.then)
    onward.on('response', (answer) => {
      const tell = this.#listen(request, answer)
      void spoil(fault, answer, response).then((isWhole) => {
        if (isWhole) tell()
      })
    })
    request.on('error', () => onward.destroy())
    if (fault?.does === 'twice') {
      const again = this.#onward(request, fault).on('error', () => undefined)
      again.on('response', (unheard) => drain(unheard, response))
      request.pipe(again)
    }
    if (fault?.does === 'slow') void fault.line.bring(request, onward)
    else request.pipe(onward)
  }

  #onward(request: IncomingMessage, fault: Fault | null): ClientRequest {
    const { 'accept-encoding': encodings, ...headers } = request.headers
    // What is to be read on its way comes as it is.
    const isRead = this.heard !== null || fault?.does === 'cut' || fault?.does === 'change'
    return ask({
      port: request.url?.startsWith('/api/') ? this.target : (this.files ?? this.target),
      host: '127.0.0.1',
      method: request.method,
      path: request.url,
      headers: isRead || !encodings ? headers : { ...headers, 'accept-encoding': encodings }
    })
  }

  #listen({ url = '/' }: IncomingMessage, answer: IncomingMessage): () => void {
    const { heard } = this
    if (!heard) return () => undefined
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    // Who listens does not hurry it.
    answer.pause()
    return () => heard(url, Buffer.concat(chunks).toString())
  }
}
