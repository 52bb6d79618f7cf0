import pg from 'pg'
import type { ByteSearch } from './byte-search.ts'
import type { Scale } from './scanner.ts'

const rowsAtOnce = 1000
const schemas = ['register', 'search', 'suppression', 'live']

/**
 * Reads every cell of every table through. What PostgreSQL keeps beside its rows, in free space, its log
 * and its archives, cannot be asked for: there the destroyed key is the guarantee (SECURITY 25).
 */
export async function scanDatabase(url: string, search: ByteSearch): Promise<Scale> {
  const client = new pg.Client({ connectionString: url, application_name: 'kotikaynti scans' })
  await client.connect()
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname = any($1) order by name`,
      [schemas]
    )
    let bytes = 0
    for (const { name } of tables) bytes += await scanTable(client, name, search)
    return { files: tables.length, bytes }
  } finally {
    await client.end()
  }
}

async function scanTable(client: pg.Client, name: string, search: ByteSearch): Promise<number> {
  await client.query(`declare through cursor for select * from ${name}`)
  let bytes = 0
  for (;;) {
    const { rows } = await client.query<unknown[]>({
      text: `fetch ${rowsAtOnce} from through`,
      rowMode: 'array'
    })
    if (rows.length === 0) break
    bytes += searchCells(rows.flat(), search)
  }
  await client.query('close through')
  return bytes
}

/** A mark lies within one cell. */
function searchCells(cells: readonly unknown[], search: ByteSearch): number {
  const all = Buffer.concat(
    cells.flatMap((cell) => {
      if (Buffer.isBuffer(cell)) return cell
      return typeof cell === 'string' ? Buffer.from(cell, 'utf8') : []
    })
  )
  let at = 0
  return search.searchFile(Buffer.allocUnsafe(1 << 20), (into) => {
    const copied = all.copy(into, 0, at)
    at += copied
    return copied
  })
}
