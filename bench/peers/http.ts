import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

export interface Asked {
  readonly method: string
  readonly url: URL
  readonly body: string
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** Null for what is no page. */
export function pageAt(path: string, pages: string): { type: string; body: Buffer } | null {
  if (path === '/peer/') return { type: 'text/html', body: readFileSync(join(pages, 'index.html')) }
  if (path === '/peer/page.js')
    return { type: 'text/javascript', body: readFileSync(join(pages, 'page.js')) }
  return null
}

/** Node's own server for an engine that brings none; it compresses fast, as the product's does. */
export async function listen(
  { port, pages }: { readonly port: number; readonly pages: string },
  answer: (asked: Asked) => string
): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const page = pageAt(url.pathname, pages)
      if (page) {
        response.writeHead(200, { 'Content-Type': page.type }).end(page.body)
        return
      }
      const body = await bodyOf(request)
      const text = answer({ method: request.method ?? 'GET', url, body })
      const packed = gzipSync(text, { level: constants.Z_BEST_SPEED })
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
        .end(packed)
    })().catch((error: unknown) => response.writeHead(500).end(String(error)))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}
