import { isDeepStrictEqual } from 'node:util'
import { listen, type Asked } from './http.ts'
import type { PeerServer, Serving } from './peer-server.ts'
import type { Row } from './row.ts'
import { RowsFile } from './rows-file.ts'

interface Stored extends Row {
  readonly _deleted: boolean
}

interface Pushed {
  readonly newDocumentState: Stored
  readonly assumedMasterState?: Stored
}

/**
 * The endpoint that RxDB's replication asks for, on SQLite: documents after a checkpoint, and writes whose
 * assumed state is compared with the stored one. One commit a request, which a power cut may take.
 */
export async function serveRxDB({ port, folder, pages }: Serving): Promise<PeerServer> {
  const file = new RowsFile(folder, 'NORMAL')

  function pull({ url }: Asked): string {
    const after = Number(url.searchParams.get('after'))
    const found = file.after(after, Number(url.searchParams.get('limit')))
    const sequence = found.at(-1)?.sequence ?? after
    const documents = found.map(({ value }) => value).join(',')
    return `{"documents":[${documents}],"checkpoint":{"sequence":${sequence}}}`
  }

  function push({ body }: Asked): string {
    const conflicts: Stored[] = []
    const fresh: Stored[] = []
    for (const { newDocumentState, assumedMasterState } of JSON.parse(body) as Pushed[]) {
      const value = file.get(newDocumentState.id)
      const stored = value === null ? null : (JSON.parse(value) as Stored)
      if (stored && !isDeepStrictEqual(stored, assumedMasterState)) conflicts.push(stored)
      else fresh.push(newDocumentState)
    }
    file.putAll(fresh)
    return JSON.stringify(conflicts)
  }

  await listen({ port, pages }, (asked) => (asked.method === 'POST' ? push(asked) : pull(asked)))
  const stored = (row: Row): Stored => ({ ...row, _deleted: false })
  return {
    put: async (rows) => file.putAll(rows.map(stored)),
    count: async () => file.count()
  }
}
