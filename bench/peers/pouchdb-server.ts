import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { pageAt } from './http.ts'
import { requirePeer } from './packages.ts'
import type { PeerServer, Serving } from './peer-server.ts'
import type { Row } from './row.ts'

interface Kept {
  readonly _id: string
  readonly _rev?: string
}

interface Database {
  bulkDocs(documents: readonly Kept[]): Promise<readonly { readonly error?: boolean }[]>
  allDocs(o: { readonly keys: readonly string[] }): Promise<{
    readonly rows: readonly { readonly value?: { readonly rev: string } }[]
  }>
  info(): Promise<{ readonly doc_count: number }>
}
type PouchDB = new (name: string) => Database

interface Request {
  readonly path: string
}
interface Response {
  type(name: string): Response
  send(body: Buffer): void
}
interface Application {
  use(path: string, handler: unknown): void
  use(handler: (request: Request, response: Response, next: () => void) => void): void
  listen(port: number, host: string): Server
}

/** PouchDB's own server, on its own storage for Node (LevelDB), with what replication asks for. */
export async function servePouchDB({ port, folder, pages }: Serving): Promise<PeerServer> {
  const pouch = requirePeer('pouchdb') as { defaults(o: object): PouchDB }
  const express = requirePeer('express') as () => Application
  const serve = requirePeer('express-pouchdb') as (pouch: PouchDB, o: object) => unknown
  const here = pouch.defaults({ prefix: join(folder, 'databases-') })
  const database = new here('entries')
  await database.info()
  const application = express()
  application.use((request, response, next) => {
    const page = pageAt(request.path, pages)
    if (page) response.type(page.type).send(page.body)
    else next()
  })
  application.use('/db', serve(here, { mode: 'minimumForPouchDB' }))
  await once(application.listen(port, '127.0.0.1'), 'listening')

  async function put(rows: readonly Row[]): Promise<void> {
    const known = await database.allDocs({ keys: rows.map(({ id }) => id) })
    const documents = rows.map(({ id, ...rest }, index) => {
      const rev = known.rows[index]?.value?.rev
      return { _id: id, ...(rev ? { _rev: rev } : {}), ...rest }
    })
    const results = await database.bulkDocs(documents)
    if (results.some(({ error }) => error)) throw new Error('not all was written')
  }
  return { put, count: async () => (await database.info()).doc_count }
}
