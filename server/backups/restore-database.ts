import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { bringIn, copyRegisterOut, copySuppressionOut } from '#server/store/move/copy-out.ts'
import { takeLock } from '#server/store/store-lock.ts'
import { restoreFiles, type Restored } from './restore-files.ts'
import type { BackupParts } from './take-backup.ts'

/**
 * A backup becomes the register of PostgreSQL. It is restored among files, beside a copy of the register
 * that is there, and takes its place in one commit: cut short anywhere before, the former one is whole,
 * and the restore is begun anew by running it again. No server may run meanwhile.
 */
export async function restoreDatabase(
  parts: BackupParts,
  databaseUrl: string,
  file: string
): Promise<Restored> {
  const { dataFolder } = parts.config
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const lock = takeLock(dataFolder, 'store')
  const folder = join(dataFolder, 'restoring-from-files')
  try {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { mode: 0o700 })
    await copyRegisterOut({ databaseUrl, folder })
    await copySuppressionOut({ databaseUrl, folder })
    const config = { ...parts.config, dataFolder: folder, databaseUrl: null }
    const restored = await restoreFiles({ ...parts, config }, file)
    await bringIn({ databaseUrl, folder })
    return { ...restored, former: await keepFormer(restored.former, dataFolder) }
  } finally {
    await rm(folder, { recursive: true, force: true })
    lock.release()
  }
}

async function keepFormer(former: string | null, dataFolder: string): Promise<string | null> {
  if (former === null || !existsSync(former)) return null
  const kept = join(dataFolder, basename(former))
  await rename(former, kept)
  return kept
}
