import { sql } from 'kysely'
import type { CustomershipId } from '#contract/id.ts'
import type { Database } from './database.ts'
import { registerMap, searchMap } from './deletion-map.ts'
import type { Store } from './store.ts'

interface Erasable {
  readonly table: string
  readonly by: string
  readonly onlyPurged: boolean
  readonly large: readonly string[]
}

interface Place {
  readonly fate: string
  readonly by: string | null
  readonly large?: readonly string[]
}

/** Of what is large, so many rows a commit: whoever asks meanwhile waits for no more. */
const largeAtOnce = 4

/** What the map says must go, what refers to others first. */
function erasable(map: Readonly<Record<string, Place>>): Erasable[] {
  return Object.entries(map)
    .flatMap(([table, { fate, by, large = [] }]) =>
      by !== null && (fate === 'erased' || fate === 'erased-when-purged')
        ? [{ table, by, onlyPurged: fate === 'erased-when-purged', large }]
        : []
    )
    .reverse()
}

const rowsOf = ({ table, by, onlyPurged }: Erasable, id: CustomershipId) =>
  sql`${sql.table(table)} where ${sql.ref(by)} = ${id}${
    onlyPurged ? sql` and ${sql.ref('purgedAt')} is not null` : sql``
  }`

/**
 * §7: removes every row of the customership from every file, along the deletion map. Repeatable.
 * What a tablet has not yet purged stays in the holdings, by ids only, until it confirms.
 */
export async function eraseRows(
  { files }: Pick<Store, 'files'>,
  id: CustomershipId
): Promise<void> {
  await eraseIn(files.search, erasable(searchMap), id)
  await eraseIn(files.register, erasable(registerMap), id)
  files.register.show('office')
}

async function eraseIn<T>(
  database: Database<T>,
  places: Erasable[],
  id: CustomershipId
): Promise<void> {
  for (const place of places) if (place.large.length > 0) await eraseLarge(database, place, id)
  await database.transact(async () => {
    for (const place of places) await sql`delete from ${rowsOf(place, id)}`.execute(database.sql)
  })
}

async function eraseLarge<T>(
  database: Database<T>,
  place: Erasable,
  id: CustomershipId
): Promise<void> {
  const table = sql.table(place.table)
  const names = sql.join(place.large.map((name) => sql.ref(name)))
  for (;;) {
    const some = sql`select ${names} from ${rowsOf(place, id)} limit ${largeAtOnce}`
    const erased = await sql`delete from ${table}
      where ${sql.ref(place.by)} = ${id} and (${names}) in (${some})`.execute(database.sql)
    if ((erased.numAffectedRows ?? 0n) === 0n) return
    // Others take their turn between two commits.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** An erased row is readable in the write-ahead log until the log is emptied; this waits for readers. */
export async function forgetErased({ files }: Pick<Store, 'files'>): Promise<void> {
  await files.register.forgetErased(erasable(registerMap).map(({ table }) => table))
  await files.search.forgetErased(erasable(searchMap).map(({ table }) => table))
}

/** What is left, place by place along the deletion map, and of the key. All must be 0. */
export async function remainsOf(
  { files }: Store,
  id: CustomershipId
): Promise<{ what: string; left: number }[]> {
  return [
    { what: 'data-key', left: files.keyStore.holdsDataKey(id) ? 1 : 0 },
    ...(await countIn(files.register, erasable(registerMap), id)),
    ...(await countIn(files.search, erasable(searchMap), id))
  ]
}

async function countIn<T>(
  database: Database<T>,
  places: Erasable[],
  id: CustomershipId
): Promise<{ what: string; left: number }[]> {
  const counts: { what: string; left: number }[] = []
  for (const place of places) {
    const { rows } = await sql<{
      count: number | string
    }>`select count(*) as ${sql.ref('count')} from ${rowsOf(place, id)}`.execute(database.sql)
    counts.push({ what: place.table, left: Number(rows[0]?.count ?? 0) })
  }
  return counts
}
