import pg from 'pg'
import type { ByteSearch } from './byte-search.ts'
import type { Scale } from './scanner.ts'

/** Read in one question, which is one state of what is stored: a page is 8 KiB. */
const pagesAtOnce = 256
const schemas = ['register', 'search', 'suppression', 'live']

/**
 * Reads every cell of every table through. What PostgreSQL keeps beside its rows, in free space, its log
 * and its archives, cannot be asked for: there the destroyed key is the guarantee (SECURITY 25).
 */
export async function scanDatabase(url: string, search: ByteSearch): Promise<Scale> {
  const client = new pg.Client({ connectionString: url, application_name: 'kotikaynti scans' })
  await client.connect()
  try {
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

/**
 * Page after page: one reader of a whole county would keep the rows that others erase meanwhile from being
 * cleared away. A row that is written anew behind the reader's back is read by the next scan.
 */
async function scanTable(client: pg.Client, name: string, search: ByteSearch): Promise<number> {
  let bytes = 0
  for (let from = 0; from < (await pagesOf(client, name)); from += pagesAtOnce) {
    const { rows } = await client.query<unknown[]>({
      text: `select * from ${name} where ctid >= $1::tid and ctid < $2::tid`,
      values: [`(${from},0)`, `(${from + pagesAtOnce},0)`],
      rowMode: 'array'
    })
    bytes += searchCells(rows.flat(), search)
  }
  return bytes
}

async function pagesOf(client: pg.Client, name: string): Promise<number> {
  const { rows } = await client.query<{ pages: number }>(
    `select (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int as pages`,
    [name]
  )
  return rows[0]?.pages ?? 0
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
