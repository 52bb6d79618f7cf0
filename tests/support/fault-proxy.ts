import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'

/** What becomes of a request on its way. */
export type Fault =
  /** Somebody else's page answers in the server's stead, and says 200. */
  | { readonly does: 'portal' }
  /** The server is in trouble, and says so. */
  | { readonly does: 'trouble' }
  /** The line is dead. */
  | { readonly does: 'refuse' }
  /** So many lines of the answer come through, and a piece of the next; then the line is dead. */
  | { readonly does: 'cut'; readonly afterLines: number; readonly when: Promise<void> }
  /** The server has the request, or has answered it, and nobody ever hears the answer. */
  | { readonly does: 'lose'; readonly once: 'sent' | 'answered'; readonly then: () => void }
  /** The server has answered, and the answer comes when it may: whole, or never. */
  | { readonly does: 'hold'; readonly until: Promise<void>; readonly lost: boolean }
  | { readonly does: 'change'; readonly change: (text: string) => string }

const trouble = { type: 'about:blank', title: 'store-unavailable', status: 503 }
const portal = '<!doctype html><title>WLAN</title><h1>Hyväksy käyttöehdot</h1>'

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
    if (fault?.does === 'refuse') request.destroy()
    else if (fault?.does === 'portal') {
      request.resume()
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(portal)
    } else if (fault?.does === 'trouble') {
      request.resume()
      response
        .writeHead(trouble.status, { 'Content-Type': 'application/problem+json' })
        .end(JSON.stringify({ ...trouble, code: trouble.title }))
    } else this.#forward(request, response, fault)
  }

  #observe(request: IncomingMessage, response: ServerResponse): void {
    const done = this.watch(request.url ?? '/')
    if (!done) return
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('close', () => done(Buffer.concat(chunks).toString()))
  }

  #forward(request: IncomingMessage, response: ServerResponse, fault: Fault | null): void {
    this.#observe(request, response)
    const { 'accept-encoding': encodings, ...headers } = request.headers
    const onward = ask({
      port: request.url?.startsWith('/api/') ? this.target : (this.files ?? this.target),
      host: '127.0.0.1',
      method: request.method,
      path: request.url,
      // What is to be read on its way comes as it is.
      headers: fault || !encodings ? headers : { ...headers, 'accept-encoding': encodings }
    })
    onward.on('error', () => response.destroy())
    if (fault?.does === 'lose' && fault.once === 'sent') onward.on('finish', fault.then)
    onward.on('response', (answer) => {
      answer.on('error', () => response.destroy())
      answer.on('aborted', () => response.destroy())
      if (fault) void spoil(fault, answer, response)
      else answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))
    })
    request.on('error', () => onward.destroy())
    request.pipe(onward)
  }
}

async function spoil(
  fault: Fault,
  answer: IncomingMessage,
  response: ServerResponse
): Promise<unknown> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of answer) chunks.push(chunk as Buffer)
  } catch {
    return response.destroy()
  }
  const whole = Buffer.concat(chunks)
  const { 'content-length': _length, 'transfer-encoding': _coding, ...headers } = answer.headers
  if (fault.does === 'lose') {
    if (fault.once === 'answered') fault.then()
    response.destroy()
    return
  }
  if (fault.does === 'hold') {
    await fault.until
    if (fault.lost) return response.destroy()
    return response.writeHead(answer.statusCode ?? 502, headers).end(whole)
  }
  response.writeHead(answer.statusCode ?? 502, headers)
  if (fault.does === 'change') response.end(fault.change(whole.toString()))
  if (fault.does !== 'cut') return
  response.write(upToLine(whole, fault.afterLines))
  await fault.when
  response.destroy()
}

function upToLine(whole: Buffer, lines: number): Buffer {
  let end = 0
  for (let line = 0; line < lines; line += 1) end = whole.indexOf('\n', end) + 1
  return whole.subarray(0, end + 60)
}
