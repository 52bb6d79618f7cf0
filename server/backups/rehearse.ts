import { keyPlaceOf } from '#server/keys/key-copies.ts'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { readKeysNow, type KeysNow } from '#server/keys/keys-now.ts'
import { inThread } from '#server/store/in-thread.ts'
import { copySuppressionOut } from '#server/store/move/copy-out.ts'
import { readSuppressed } from '#server/store/register-file.ts'
import { Sample } from '#server/store/sample.ts'
import { takeLock } from '#server/store/store-lock.ts'
import { BackupError } from './backup-error.ts'
import { listBackups, type Backup } from './backups-folder.ts'
import { keyOf } from './key-of.ts'
import { withScratch } from './scratch.ts'
import { openFile } from './sealed-file.ts'
import type { BackupParts } from './take-backup.ts'

const sampleSize = 20

/** One line of the report. */
export interface Finding {
  readonly what: string
  readonly found: string
  readonly isGood: boolean
}

export interface Rehearsal {
  readonly path: string
  readonly findings: readonly Finding[]
}

/**
 * Whether the newest backup would serve today: it opens, what lives opens in it with today's keys,
 * and §7 what was deleted since it was made does not open with any.
 */
export async function rehearse(parts: BackupParts, folder: string): Promise<Rehearsal> {
  const { dataFolder, databaseUrl } = parts.config
  const [newest] = await listBackups(folder)
  if (!newest) throw new BackupError('There is no backup in KOTIKAYNTI_BACKUPS.')
  const lock = takeLock(dataFolder, 'backup')
  try {
    return await withScratch(dataFolder, async (scratch) => {
      if (databaseUrl !== null) await copySuppressionOut({ databaseUrl, folder: scratch })
      return { path: newest.path, findings: await look(parts, newest, scratch) }
    })
  } finally {
    lock.release()
  }
}

async function look(parts: BackupParts, backup: Backup, scratch: string): Promise<Finding[]> {
  const opened = join(scratch, 'register.db')
  const { config, clock } = parts
  const hours = Math.floor((clock.now() - backup.at) / 3_600_000)
  const age: Finding = {
    what: 'age',
    found: `${hours} hours`,
    // One from the future was made by a clock that was wrong.
    isGood: hours >= -1 && hours <= 2 * config.backupHours
  }
  const fault = await unsealed(parts, backup, opened)
  if (fault !== null) return [age, { what: 'opens', found: fault, isGood: false }]
  const inspection = await inThread('inspectRegister', { path: opened })
  const rows = Object.values(inspection?.rows ?? {}).reduce((sum, count) => sum + count, 0)
  const isWhole = inspection?.isWhole ?? false
  const whole: Finding = {
    what: 'opens',
    found: isWhole ? `and is whole, ${rows} rows` : 'but SQLite finds it damaged',
    isGood: isWhole
  }
  return isWhole ? [age, whole, ...tryKeys(parts, opened, scratch)] : [age, whole]
}

async function unsealed(parts: BackupParts, backup: Backup, to: string): Promise<string | null> {
  const { header, line, path } = backup
  const key = keyOf(parts, header)
  if (!key) return 'not with this root key'
  try {
    await openFile({ from: path, to, line, key })
    return null
  } catch (error) {
    if (error instanceof BackupError) return 'it is damaged'
    throw error
  }
}

function tryKeys({ config, rootKey }: BackupParts, opened: string, scratch: string): Finding[] {
  const { keysBackupFolder, dataFolder } = config
  const keys = readKeysNow({ ...keyPlaceOf(config), rootKey })
  const lists = [scratch, dataFolder, ...(keysBackupFolder === null ? [] : [keysBackupFolder])]
  const suppressed = readSuppressed(lists.map((folder) => join(folder, 'suppression.db')))
  const sample = new Sample(opened)
  try {
    const all = sample.customerships()
    const isGone = ({ id }: (typeof all)[number]) =>
      suppressed.has(keys.suppressionMac(id).toString('hex'))
    const live = all.filter((one) => !isGone(one) && one.state !== 'deleting')
    return [tryLive(sample, live, keys), tryDeleted(all.filter(isGone), keys)]
  } finally {
    sample.close()
  }
}

type Customerships = ReturnType<Sample['customerships']>

/** Each must have a key; the entries of some are opened. */
function tryLive(sample: Sample, live: Customerships, keys: KeysNow): Finding {
  const without = live.filter(({ id }) => keys.dataKey(id) === null).length
  const chosen = [...live]
  while (chosen.length > sampleSize) chosen.splice(randomInt(chosen.length), 1)
  let [entries, closed] = [0, 0]
  for (const { id } of chosen) {
    try {
      const key = keys.dataKey(id)
      if (key) entries += sample.open(id, key)
    } catch {
      closed += 1
    }
  }
  const good = `${live.length}, each with its key; ${entries} entries of ${chosen.length} opened`
  return {
    what: 'live customerships',
    found: without + closed === 0 ? good : `${without} without a key, ${closed} that do not open`,
    isGood: without + closed === 0
  }
}

function tryDeleted(deleted: Customerships, keys: KeysNow): Finding {
  const left = deleted.filter(({ id }) => keys.holdsDataKey(id)).length
  return {
    what: 'deleted since',
    found: left === 0 ? `${deleted.length}, and no key opens them` : `${left} still have a key`,
    isGood: left === 0
  }
}
