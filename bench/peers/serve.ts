import { readFileSync } from 'node:fs'
import type { PeerServer, Serving } from './peer-server.ts'
import { servePlain } from './plain-server.ts'
import { servePouchDB } from './pouchdb-server.ts'
import type { Row } from './row.ts'
import { serveRxDB } from './rxdb-server.ts'

/** What the measurement asks of a peer's server; the rows lie in a file. */
export type Order = { readonly put: string } | 'count'
export type Reply = { readonly count: number } | { readonly failed: string }

const kinds = { plain: servePlain, pouchdb: servePouchDB, rxdb: serveRxDB } as const
export type PeerKind = keyof typeof kinds

async function follow(server: PeerServer, order: Order): Promise<Reply> {
  if (order !== 'count') await server.put(JSON.parse(readFileSync(order.put, 'utf8')) as Row[])
  return { count: await server.count() }
}

const [kind, serving] = process.argv.slice(2)
if (!kind || !serving || !(kind in kinds)) throw new Error('which server?')
const server = await kinds[kind as PeerKind](JSON.parse(serving) as Serving)
process.on('message', (order: Order) => {
  void follow(server, order)
    .catch((error: unknown): Reply => ({ failed: String(error) }))
    .then((reply) => process.send?.(reply))
})
// Whoever measures is gone: so is this.
process.on('disconnect', () => process.exit(0))
process.send?.({ count: 0 } satisfies Reply)
