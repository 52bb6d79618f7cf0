import { statfs } from 'node:fs/promises'
import { listBackups } from '#server/backups/backups-folder.ts'
import type { Parts } from '#server/http/parts.ts'
import { gauge, type Family, type Sample } from '#server/meters/exposition.ts'

/** What lies around the register: its backups, the second copy of its keys, and the room there is. */
export async function placeFamilies({ config, clock, keyStore }: Parts): Promise<Family[]> {
  const { dataFolder, keysFolder, keysBackupFolder, backupsFolder, backupHours } = config
  const folders = {
    data: dataFolder,
    keys: keysFolder,
    'keys-backup': keysBackupFolder,
    backups: backupsFolder
  }
  const free: Sample[] = []
  for (const [folder, path] of Object.entries(folders))
    if (path !== null) free.push({ labels: { folder }, value: await freeBytes(path) })
  const [newest] = backupsFolder === null ? [] : await listBackups(backupsFolder)
  return [
    gauge('kotikaynti_disk_free_bytes', 'What is free for this user where a folder lies.', ...free),
    gauge('kotikaynti_keys_second_copy', 'Whether there is a second copy of the keys.', {
      value: Number(keyStore.hasSecondCopy)
    }),
    gauge(
      'kotikaynti_backup_wanted_seconds',
      'How often a backup is to be made; absent when the server makes none.',
      ...(backupsFolder === null ? [] : [{ value: backupHours * 3600 }])
    ),
    gauge(
      'kotikaynti_backup_age_seconds',
      'The age of the newest backup; absent when there is none.',
      ...(newest ? [{ value: (clock.now() - newest.at) / 1000 }] : [])
    )
  ]
}

/** NaN: the folder is not there yet, or its disk does not answer. */
async function freeBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch {
    return Number.NaN
  }
}
