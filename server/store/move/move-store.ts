import type { Database } from '#server/store/database.ts'
import { markMoved } from '#server/store/moved-marker.ts'
import { requireNoRestore } from '#server/store/restore-marker.ts'
import { takeLock } from '#server/store/store-lock.ts'
import { openRegister, openSearch, openSuppression } from '#server/store/open-parts.ts'
import { withBoth } from './copy-out.ts'
import { copyTables, differences, isEmpty, tallyTables, type Tallies } from './copy-tables.ts'

/** Nothing was moved, or what was moved is not what was there. It names tables and no row. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused'
}

export interface Moved {
  /** It had been moved before, and is the same on both sides. */
  readonly wasThere: boolean
  readonly tables: number
  readonly rows: number
}

interface Places {
  readonly folder: string
  readonly databaseUrl: string
}

/**
 * Moves a store of files to PostgreSQL and looks whether every row is there. The register is the last
 * part and one commit, so that a move that was cut short is begun anew by running it again; one that
 * is done is only verified. While it runs no server does. From here on the files are not served.
 */
export async function moveStore({ folder, databaseUrl }: Places): Promise<Moved> {
  const lock = takeLock(folder, 'store')
  try {
    requireNoRestore(folder)
    const places = { from: { folder }, to: { databaseUrl } }
    const moved = await withBoth(openRegister, places, async (from, to) => {
      const wasThere = !isEmpty(await tallyTables(to))
      const tallies = wasThere
        ? [await requireSame(from, to)]
        : [
            await withBoth(openSuppression, places, moveAnew),
            await withBoth(openSearch, places, moveAnew),
            await moveAnew(from, to)
          ]
      const all = tallies.flatMap((some) => [...some.values()])
      return { wasThere, tables: all.length, rows: all.reduce((sum, { rows }) => sum + rows, 0) }
    })
    markMoved(folder)
    return moved
  } finally {
    lock.release()
  }
}

/** Over what an earlier move may have left of this part. */
async function moveAnew<T>(from: Database<T>, to: Database<T>): Promise<Tallies> {
  await to.transact(() => to.empty())
  const read = await copyTables(from, to)
  requireAlike(read, await tallyTables(to))
  return read
}

async function requireSame<T>(from: Database<T>, to: Database<T>): Promise<Tallies> {
  const [mine, theirs] = [await tallyTables(from), await tallyTables(to)]
  if (differences(mine, theirs).length > 0)
    throw new MoveRefused(
      'The database holds a register already, and not this one: nothing was moved. Name an empty database.'
    )
  return mine
}

function requireAlike(read: Tallies, written: Tallies): void {
  const wrong = differences(read, written)
  if (wrong.length > 0)
    throw new MoveRefused(`What was moved differs in ${wrong.join(', ')}: run it again.`)
}
