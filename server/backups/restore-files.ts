import { keyPlaceOf } from '#server/keys/key-copies.ts'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openKeyStore, type KeyStore } from '#server/keys/key-store.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import type { CarriedOver } from '#server/store/carry-over.ts'
import { inThread } from '#server/store/in-thread.ts'
import {
  readMarker,
  removeMarker,
  settleFolder,
  writeMarker,
  type RestoreMarker
} from '#server/store/restore-marker.ts'
import { takeLock } from '#server/store/store-lock.ts'
import { openRegister, registerVersion } from '#server/store/open-parts.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { BackupError } from './backup-error.ts'
import { formerFolder, readBackup } from './backups-folder.ts'
import { keyOf } from './key-of.ts'
import { clearScratch } from './scratch.ts'
import { openFile } from './sealed-file.ts'
import type { BackupParts } from './take-backup.ts'

/** What a restore has to tell. */
export interface Restored {
  /** How many customerships of the backup were deleted since, and are again. */
  forgotten: number
  /** Null: there was no former register that could be read. */
  carried: CarriedOver | null
  /** Where the former register lies; null: there was none. */
  former: string | null
}

type Step = () => Promise<void>

/**
 * SECURITY 23: a backup becomes the register, and what was deleted since stays deleted. Until the
 * last step the marker keeps a server from starting. While it is prepared nothing of the register
 * that is there changes; killed anywhere, it is run again.
 */
export async function restoreFiles(parts: BackupParts, file: string): Promise<Restored> {
  const { dataFolder } = parts.config
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const locks = [takeLock(dataFolder, 'store')]
  try {
    locks.push(takeLock(dataFolder, 'backup'))
    await clearScratch(dataFolder)
    const restored: Restored = { forgotten: 0, carried: null, former: null }
    for (const step of restoreSteps(parts, file, restored)) await step()
    return restored
  } finally {
    for (const lock of locks) lock.release()
  }
}

/** Each may be done again. One that was placing is only finished, whichever file is named. */
export function restoreSteps(
  { config, clock, rootKey }: BackupParts,
  file: string,
  restored: Restored
): readonly Step[] {
  const { dataFolder, keysBackupFolder } = config
  const place = {
    data: dataFolder,
    live: join(dataFolder, 'register.db'),
    staging: join(dataFolder, 'restoring'),
    staged: join(dataFolder, 'restoring', 'register.db')
  }
  const begun = readMarker(dataFolder)
  if (begun?.phase === 'placing') return placingSteps(place, begun, restored)

  const marker = { backup: resolve(file), former: formerFolder(clock.now()) }
  const suppressionCopies = [dataFolder, ...(keysBackupFolder === null ? [] : [keysBackupFolder])]
  const withStore = (use: (store: Store, keyStore: KeyStore) => Promise<void>) =>
    withStaged({ config, clock, rootKey }, place.staging, suppressionCopies, use)
  const prepare: Step[] = [
    async () => writeMarker(dataFolder, { phase: 'preparing', ...marker }),
    async () => {
      await rm(place.staging, { recursive: true, force: true })
      await mkdir(place.staging, { mode: 0o700 })
      await unseal({ config, rootKey }, file, place.staged)
    },
    async () => (await openRegister({ folder: place.staging })).close(),
    async () => {
      const former = existsSync(place.live) ? place.live : null
      const given = { path: place.staged, former, generation: newUuidV4() }
      restored.carried = await inThread('settleRestored', given)
    },
    async () => {
      const before = await customershipsIn(place.staged)
      await withStore(requireForgotten)
      restored.forgotten = before - (await customershipsIn(place.staged))
    },
    async () => inThread('compactRegister', { path: place.staged })
  ]
  return [
    ...prepare.map((step) => undoneOnFault(place, step)),
    async () => writeMarker(dataFolder, { phase: 'placing', ...marker }),
    ...placingSteps(place, { phase: 'placing', ...marker }, restored)
  ]
}

interface Place {
  readonly data: string
  readonly live: string
  readonly staging: string
  readonly staged: string
}

/** Whatever refuses while it is prepared leaves the register as it was, free to start. */
function undoneOnFault(place: Place, step: Step): Step {
  return async () => {
    try {
      await step()
    } catch (error) {
      await rm(place.staging, { recursive: true, force: true })
      removeMarker(place.data)
      throw error
    }
  }
}

const files = ['register.db', 'register.db-wal', 'register.db-shm']

function placingSteps(place: Place, marker: RestoreMarker, restored: Restored): Step[] {
  const former = join(place.data, marker.former)
  const isPlaced = () => !existsSync(place.staged)
  return [
    async () => {
      if (isPlaced()) return
      await mkdir(former, { recursive: true, mode: 0o700 })
      for (const name of files)
        if (existsSync(join(place.data, name)))
          await rename(join(place.data, name), join(former, name))
      settleFolder(former)
    },
    async () => {
      // Its tokens would tell names that are no more; it is made anew at the next start.
      for (const name of await readdir(place.data))
        if (name.startsWith('search.db')) await rm(join(place.data, name))
      if (!isPlaced()) await rename(place.staged, place.live)
      settleFolder(place.data)
    },
    async () => {
      await rm(place.staging, { recursive: true, force: true })
      const isEmpty = existsSync(former) && (await readdir(former)).length === 0
      if (isEmpty) await rm(former, { recursive: true })
      restored.former = existsSync(former) ? former : null
    },
    async () => removeMarker(place.data)
  ]
}

async function unseal(
  parts: Pick<BackupParts, 'config' | 'rootKey'>,
  file: string,
  to: string
): Promise<void> {
  const backup = await readBackup(file)
  if (!backup) throw new BackupError('That file is not a backup of Kotikäynti.')
  const { header, line } = backup
  if (header.version > registerVersion)
    throw new BackupError('The backup is of a newer version than this program.')
  const key = keyOf(parts, header)
  if (!key) throw new BackupError('The root key does not open this backup.')
  await openFile({ from: file, to, line, key })
  const inspection = await inThread('inspectRegister', { path: to })
  if (!inspection?.isWhole) throw new BackupError('SQLite finds the restored register damaged.')
}

async function customershipsIn(path: string): Promise<number> {
  const inspection = await inThread('inspectRegister', { path })
  return inspection?.rows['customerships'] ?? 0
}

/** Opening it forgets again what the suppression list knows, wherever a copy of the list lies. */
async function withStaged(
  { config, clock, rootKey }: BackupParts,
  folder: string,
  suppressionCopies: readonly string[],
  use: (store: Store, keyStore: KeyStore) => Promise<void>
): Promise<void> {
  const keyStore = await openKeyStore({ ...keyPlaceOf(config), rootKey, clock })
  try {
    const store = await openStore({ folder, keyStore, clock, suppressionCopies })
    try {
      await use(store, keyStore)
    } finally {
      await store.close()
    }
  } finally {
    keyStore.close()
  }
}

/** §7: what was deleted has no key and no row, and whoever is left can be read. */
async function requireForgotten(store: Store, keyStore: KeyStore): Promise<void> {
  const states = ['active', 'ending', 'closed'] as const
  const left = (await store.register.list({ states })).map(({ id }) => id)
  const without = left.filter((id) => !keyStore.holdsDataKey(id))
  if (without.length > 0)
    throw new BackupError(
      `The key store lacks the keys of ${without.length} customerships: bring its newest copy.`
    )
  for (const id of keyStore.dataKeyIds())
    if (await store.suppression.has(id)) throw new Error('a key outlived its customership')
}
