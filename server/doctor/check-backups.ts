import { listBackups, type Backup } from '#server/backups/backups-folder.ts'
import { keyName } from '#server/backups/header.ts'
import { openBackupKey } from '#server/keys/backup-key.ts'
import { RootKeyError } from '#server/keys/root-key.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'
import { deviceOf } from './places.ts'

const hourMilliseconds = 3_600_000
/** The server looks once an hour, and a backup takes its time. */
const graceHours = 2

/** Whether there is a backup to come back from, young enough and of this root key. */
export async function checkBackups(patient: Patient): Promise<Finding[]> {
  const { config, clock, register } = patient
  const { backupsFolder, backupHours, dataFolder } = config
  if (backupsFolder === null)
    return [
      warning(
        'backups',
        'The server takes no backups.',
        'Set KOTIKAYNTI_BACKUPS to a folder on another disk, or run npm run backup by a timer.'
      )
    ]
  const [newest] = await listBackups(backupsFolder)
  if (!newest)
    return register === null
      ? []
      : [bad('backups', 'There is no backup.', 'npm run backup tells what hinders it.')]
  const ageHours = (clock.now() - newest.at) / hourMilliseconds
  if (ageHours > backupHours + graceHours)
    return [
      bad(
        'backups',
        `The newest backup is ${Math.round(ageHours)} hours old; one is wanted every ${backupHours}.`,
        'npm run backup tells what hinders it; the log says backup-failed.'
      )
    ]
  if (!opens(newest, patient))
    return [
      bad(
        'backups',
        'The root key does not open the newest backup.',
        'Keep the former root key as long as backups that were made under it, and back up now.'
      )
    ]
  if (deviceOf(backupsFolder) === deviceOf(dataFolder))
    return [
      warning(
        'backups',
        `The newest backup is ${Math.round(ageHours)} hours old, and lies on the disk of the data.`,
        'Put the backups on another disk, or copy them away.'
      )
    ]
  return [good('backups', `The newest backup is ${Math.round(ageHours)} hours old.`)]
}

/** A root key that is absent, or that of another installation, is told of already. */
function opens({ header }: Backup, { rootKey, keys }: Patient): boolean {
  if (rootKey instanceof RootKeyError || keys?.publicKey === null) return true
  const wrapped = Buffer.from(header.key, 'base64url')
  return openBackupKey(rootKey, keyName(header.at), wrapped) !== null
}
