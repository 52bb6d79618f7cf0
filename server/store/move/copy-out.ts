import type { Database } from '#server/store/database.ts'
import type { Place } from '#server/store/open-engines.ts'
import { openRegister, openSearch, openSuppression } from '#server/store/open-parts.ts'
import { copyTables } from './copy-tables.ts'

interface Places {
  readonly databaseUrl: string
  /** Where `register.db` and `suppression.db` are made, or lie. */
  readonly folder: string
}

type Opening<T> = (place: Place) => Promise<Database<T>>

/** Both are ended whatever happens. */
export async function withBoth<T, R>(
  open: Opening<T>,
  places: { readonly from: Place; readonly to: Place },
  use: (from: Database<T>, to: Database<T>) => Promise<R>
): Promise<R> {
  const from = await open(places.from)
  try {
    const to = await open(places.to)
    try {
      return await use(from, to)
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

/** One state of the register of PostgreSQL as a file, whatever is written meanwhile. */
export async function copyRegisterOut({ databaseUrl, folder }: Places): Promise<void> {
  await withBoth(openRegister, { from: { databaseUrl }, to: { folder } }, copyTables)
}

/** What is known as deleted, as a file. */
export async function copySuppressionOut({ databaseUrl, folder }: Places): Promise<void> {
  await withBoth(openSuppression, { from: { databaseUrl }, to: { folder } }, copyTables)
}

/**
 * A register of files takes the place of the one in PostgreSQL, in one commit: before it the former one
 * is whole. What either side knows as deleted stays known, and search tokens are made anew at the next start.
 */
export async function bringIn({ databaseUrl, folder }: Places): Promise<void> {
  await withBoth(openSuppression, { from: { folder }, to: { databaseUrl } }, addSuppressed)
  const search = await openSearch({ databaseUrl })
  try {
    await search.transact(() => search.empty())
  } finally {
    await search.close()
  }
  await withBoth(openRegister, { from: { folder }, to: { databaseUrl } }, (from, to) =>
    to.transact(async () => {
      await to.empty()
      await copyTables(from, to)
    })
  )
}

async function addSuppressed(
  from: Awaited<ReturnType<typeof openSuppression>>,
  to: Awaited<ReturnType<typeof openSuppression>>
): Promise<void> {
  const rows = await from.sql.selectFrom('suppressed').selectAll().execute()
  await to.transact(async () => {
    for (const row of rows)
      await to.sql
        .insertInto('suppressed')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })
}
