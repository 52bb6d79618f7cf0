import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#server/config.ts'
import { inThread } from '#server/store/in-thread.ts'
import { copyRegisterOut } from '#server/store/move/copy-out.ts'
import { markSafeIn } from '#server/store/move/mark-safe.ts'
import type { Inspection } from '#server/store/register-file.ts'
import { BackupError } from './backup-error.ts'

/** The register that a backup is made of, wherever it lies. */
export interface RegisterSource {
  /** Makes `register.db` in the folder, of one state, whatever is written meanwhile. */
  copyTo(folder: string): Promise<void>
  /** What lies in a verified backup need not be kept on the tablets. */
  markSafe(received: Inspection['received']): Promise<void>
}

/** Throws BackupError when there is none. */
export function sourceOf({ databaseUrl, dataFolder }: Config): RegisterSource {
  if (databaseUrl !== null)
    return {
      copyTo: (folder) => copyRegisterOut({ databaseUrl, folder }),
      markSafe: (received) => markSafeIn({ databaseUrl }, received)
    }
  const path = join(dataFolder, 'register.db')
  if (!existsSync(path)) throw new BackupError('There is no register in KOTIKAYNTI_DATA.')
  return {
    copyTo: (folder) => inThread('copyRegister', { from: path, to: join(folder, 'register.db') }),
    markSafe: (received) => inThread('markSafe', { path, received })
  }
}
