import PouchDB, { type Document } from 'virtual:peer/pouchdb/dist/pouchdb.js'
import { offer } from './peer-page.ts'
import type { Row } from './row.ts'

/** The default adapter, `idb`, and the default batches of 100. */
const database = new PouchDB<Omit<Row, 'id'>>('entries')
const remote = `${location.origin}/db/entries`

/** What CouchDB calls `_id` is the entry's own; nothing else is renamed. */
function rowOf({ _id, _rev, ...rest }: Document<Omit<Row, 'id'>>): Row {
  return { id: _id, ...rest }
}

async function read(range: object): Promise<Row[]> {
  const { rows } = await database.allDocs({ include_docs: true, ...range })
  return rows.map(({ doc }) => rowOf(doc))
}

offer({
  open: async () => {
    await database.info()
  },
  pull: async () => {
    await database.replicate.from(remote)
  },
  push: async () => {
    await database.replicate.to(remote)
  },
  write: async ({ id, ...rest }) => {
    await database.put({ _id: id, ...rest })
  },
  read: (customership) => read({ startkey: `${customership}/`, endkey: `${customership}/\ufff0` }),
  readAll: () => read({})
})
