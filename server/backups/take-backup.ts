import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toMoment } from '#contract/day.ts'
import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config.ts'
import { newBackupKey, openBackupKey } from '#server/keys/backup-key.ts'
import { inThread } from '#server/store/in-thread.ts'
import type { Inspection } from '#server/store/register-file.ts'
import { settleFolder } from '#server/store/restore-marker.ts'
import { takeLock } from '#server/store/store-lock.ts'
import { registerVersion } from '#server/store/open-parts.ts'
import { BackupError } from './backup-error.ts'
import { backupPath, pruneBackups, pruneFormer } from './backups-folder.ts'
import { headerLine, keyName } from './header.ts'
import { withScratch } from './scratch.ts'
import { sourceOf, type RegisterSource } from './register-source.ts'
import { openFile, sealFile } from './sealed-file.ts'

export interface BackupParts {
  readonly config: Config
  readonly clock: Clock
  readonly rootKey: Buffer
}

/**
 * Copies the register while it is written, seals the copy, opens what was sealed, and only when that
 * is whole calls it a backup and tells the tablets what they need not keep. The search file, the keys
 * and the suppression list are never in it: §7, a backup cannot open, find or bring back anybody.
 */
export async function takeBackup(parts: BackupParts, folder: string): Promise<string> {
  const { config, clock } = parts
  const { dataFolder, backupKeepDays } = config
  const source = sourceOf(config)
  const lock = takeLock(dataFolder, 'backup')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeUnfinished(folder)
    const path = await withScratch(dataFolder, async (scratch) => {
      const { made, received } = await writeVerified(parts, source, folder, scratch)
      await source.markSafe(received)
      return made
    })
    await pruneBackups(folder, backupKeepDays, clock.now())
    await pruneFormer(dataFolder, backupKeepDays, clock.now())
    return path
  } finally {
    lock.release()
  }
}

async function writeVerified(
  { clock, rootKey }: BackupParts,
  source: RegisterSource,
  folder: string,
  scratch: string
): Promise<{ made: string; received: Inspection['received'] }> {
  const copy = join(scratch, 'register.db')
  const now = clock.now()
  await source.copyTo(scratch)
  const copied = await inspected(copy)
  if (copied.version !== registerVersion)
    throw new BackupError(
      'The register is of another version. Start the server once, then back up.'
    )

  const at = toMoment(now)
  const { key, wrapped } = newBackupKey(rootKey, keyName(at))
  const { generation, version } = copied
  const line = headerLine({ at, generation, version, key: wrapped.toString('base64url') })
  const made = backupPath(folder, now)
  const partial = `${made}${unfinished}`
  await sealFile({ from: copy, to: partial, line, key })

  // With the key as it will be found then, not with the one at hand.
  const found = openBackupKey(rootKey, keyName(at), wrapped)
  const opened = join(scratch, 'opened.db')
  if (found) await openFile({ from: partial, to: opened, line, key: found })
  const again = found && (await inspected(opened))
  if (!again || JSON.stringify(again) !== JSON.stringify(copied))
    throw new BackupError('What was written does not open as it was: no backup was made.')
  await rename(partial, made)
  settleFolder(folder)
  return { made, received: copied.received }
}

const unfinished = '.unfinished'

async function inspected(path: string): Promise<Inspection> {
  const inspection = await inThread('inspectRegister', { path })
  if (!inspection?.isWhole) throw new BackupError('SQLite finds the register damaged.')
  return inspection
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith(unfinished)) await rm(join(folder, name))
}
