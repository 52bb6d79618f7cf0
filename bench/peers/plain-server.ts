import { listen, type Asked } from './http.ts'
import type { PeerServer, Serving } from './peer-server.ts'
import type { Row } from './row.ts'
import { RowsFile } from './rows-file.ts'

const everything = 1_000_000

/** Plaintext rows on SQLite, as durable as the product's register: one commit a request, on the disk when it answers. */
export async function servePlain({ port, folder, pages }: Serving): Promise<PeerServer> {
  const file = new RowsFile(folder, 'FULL')

  function pull({ url }: Asked): string {
    const after = Number(url.searchParams.get('after'))
    const found = file.after(after, everything)
    return [found.at(-1)?.sequence ?? after, ...found.map(({ value }) => value)].join('\n')
  }

  function push({ body }: Asked): string {
    file.putAll(JSON.parse(body) as Row[])
    return '{}'
  }

  await listen({ port, pages }, (asked) => (asked.method === 'POST' ? push(asked) : pull(asked)))
  return { put: async (rows) => file.putAll(rows), count: async () => file.count() }
}
