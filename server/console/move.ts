import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { moveStore } from '#server/store/move/move-store.ts'
import { ConsoleError } from './console-error.ts'
import type { ConsoleParts } from './with-store.ts'

const usage = 'Whereto? npm run move -- --to postgres://user@host/database, with the server stopped'

/** Throws ConsoleError, StoreLocked, DatabaseRefused and MoveRefused. */
export async function move(
  { config }: ConsoleParts,
  [flag, databaseUrl]: readonly string[]
): Promise<readonly string[]> {
  if (flag !== '--to' || databaseUrl === undefined || !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new ConsoleError(usage)
  const folder = config.dataFolder
  if (!existsSync(join(folder, 'register.db')))
    throw new ConsoleError('There is no register in KOTIKAYNTI_DATA.')
  const { wasThere, tables, rows } = await moveStore({ folder, databaseUrl })
  const same = `${rows} rows of ${tables} tables, each the same on both sides`
  return [
    wasThere ? `Moved before: ${same}.` : `Moved: ${same}.`,
    'Set KOTIKAYNTI_DATABASE_URL and start. The files in KOTIKAYNTI_DATA are not served any more: when a backup of the new register is made, remove them.'
  ]
}
