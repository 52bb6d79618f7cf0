import { restoreFiles, type Restored } from './restore-files.ts'
import { restoreDatabase } from './restore-database.ts'
import type { BackupParts } from './take-backup.ts'

/** SECURITY 23: a backup becomes the register, wherever that lies. Throws BackupError and StoreLocked. */
export function restore(parts: BackupParts, file: string): Promise<Restored> {
  const { databaseUrl } = parts.config
  return databaseUrl === null
    ? restoreFiles(parts, file)
    : restoreDatabase(parts, databaseUrl, file)
}
