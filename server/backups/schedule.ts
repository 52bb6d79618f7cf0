import { loadRootKey } from '#server/keys/root-key.ts'
import type { Log } from '#server/log.ts'
import { StoreLocked, takeLock } from '#server/store/store-lock.ts'
import { listBackups } from './backups-folder.ts'
import { clearScratch } from './scratch.ts'
import { takeBackup, type BackupParts } from './take-backup.ts'

const hourMilliseconds = 3_600_000

export interface Backups {
  /** Takes one when the newest is old enough; looked for once an hour. A fault is logged, and stops nothing. */
  runDue(): Promise<void>
}

/** Half an hour early counts: otherwise each would begin one hour later than the one before. */
export function isDue(newest: number | null, hours: number, now: number): boolean {
  return newest === null || now - newest >= (hours - 0.5) * hourMilliseconds
}

/** The backups that the server takes by itself, when it is told where they lie. */
export function createBackups(
  parts: Omit<BackupParts, 'rootKey'> & { readonly log: Log }
): Backups {
  const { config, clock, log } = parts
  const { backupsFolder, backupHours } = config
  const takeDue = async () => {
    if (backupsFolder === null) return
    const begun = clock.now()
    const made = await listBackups(backupsFolder)
    // One from the future, which a clock that was ahead left, is as good as none.
    const newest = made.find(({ at }) => at <= begun + hourMilliseconds)
    if (!isDue(newest?.at ?? null, backupHours, begun)) return
    const rootKey = loadRootKey(config.rootKey, config.keysFolder, { mayMake: false })
    await takeBackup({ ...parts, rootKey }, backupsFolder)
    log.write('backed-up', { milliseconds: clock.now() - begun })
  }
  let isCleared = false
  return {
    async runDue() {
      try {
        isCleared ||= await clearAfterCrash(config.dataFolder)
        await takeDue()
      } catch (error) {
        const { name } = error as Error
        const code = error instanceof Error && 'code' in error ? String(error.code) : null
        log.write('backup-failed', { error: name, code })
      }
    }
  }
}

/** What a backup left whose process died, unless one is at work there now. */
async function clearAfterCrash(dataFolder: string): Promise<boolean> {
  try {
    const lock = takeLock(dataFolder, 'backup')
    await clearScratch(dataFolder)
    lock.release()
  } catch (error) {
    if (!(error instanceof StoreLocked)) throw error
  }
  return true
}
