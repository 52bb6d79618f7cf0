import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ConsoleAct } from '#contract/console-act.ts'
import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config.ts'
import { keyPlaceOf } from '#server/keys/key-copies.ts'
import { openKeyStore } from '#server/keys/key-store.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { ConsoleError } from './console-error.ts'

/** Whoever keeps the server, at its console: no session, and the store to themselves. */
export interface ConsoleParts {
  readonly config: Config
  readonly clock: Clock
  readonly rootKey: Buffer
}

/** The store of a server that is stopped. Throws ConsoleError and StoreLocked. */
export async function withStore<R>(
  { config, clock, rootKey }: ConsoleParts,
  use: (store: Store) => Promise<R>
): Promise<R> {
  const { dataFolder, databaseUrl, keysBackupFolder } = config
  if (databaseUrl === null && !existsSync(join(dataFolder, 'register.db')))
    throw new ConsoleError('There is no register in KOTIKAYNTI_DATA.')
  const keyStore = await openKeyStore({ ...keyPlaceOf(config), rootKey, clock })
  try {
    const suppressionCopies = keysBackupFolder === null ? [] : [keysBackupFolder]
    const store = await openStore({
      folder: dataFolder,
      databaseUrl,
      isAlone: true,
      keyStore,
      clock,
      suppressionCopies
    })
    try {
      return await use(store)
    } finally {
      await store.close()
    }
  } finally {
    keyStore.close()
  }
}

/** SECURITY 19: written down before it is done, as what is asked over the network is. Nobody was signed in. */
export async function writeDown(
  store: Store,
  clock: Clock,
  act: ConsoleAct,
  subject: string | null = null
): Promise<void> {
  await store.acts.append({ user: null, act, subject, at: clock.now() })
}
