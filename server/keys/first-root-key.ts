import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defaultRootKeyFile, loadRootKey, RootKeyError } from './root-key.ts'

const lasting = ['key-store.db', 'register.db'] as const

/**
 * The root key of a server that starts. One is made for a new register alone: beside keys or data that
 * are there it would open nothing, and look as if all were well. Throws RootKeyError.
 */
export function loadOrMakeRootKey(
  rootKey: { hex: string } | { file: string },
  places: { keysFolder: string; keysBackupFolder: string | null; dataFolder: string }
): Buffer {
  const { keysFolder, keysBackupFolder, dataFolder } = places
  const isAbsent =
    'file' in rootKey &&
    rootKey.file === defaultRootKeyFile(keysFolder) &&
    !existsSync(rootKey.file)
  const folders = [keysFolder, dataFolder, ...(keysBackupFolder === null ? [] : [keysBackupFolder])]
  const isNew = !folders.some((folder) => lasting.some((name) => existsSync(join(folder, name))))
  if (isAbsent && !isNew)
    throw new RootKeyError(
      'The root key is missing, and only it opens the keys that are there: bring back its copy (README, “Keys”). No new one was made.'
    )
  return loadRootKey(rootKey, keysFolder, { mayMake: isNew })
}
