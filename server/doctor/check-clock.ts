import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from '#server/backups/backups-folder.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

/** Clocks of two machines, and a file whose time is rounded. */
const toleratedMilliseconds = 60_000

const mend =
  'Set the clock by the network (timedatectl set-ntp true), then start the server again. Deadlines and leases go by it.'

/** §7: whatever is forgotten on a day is forgotten by this clock. */
export async function checkClock(patient: Patient): Promise<Finding[]> {
  const now = patient.clock.now()
  const newest = await newestOf(patient)
  const behind = newest === null ? 0 : newest.at - now
  if (newest !== null && behind > toleratedMilliseconds)
    return [
      bad(
        'clock',
        `The clock is ${span(behind)} behind ${newest.what}, which is already there.`,
        mend
      )
    ]
  for (const { origin, date } of patient.origins) {
    const apart = date === null ? 0 : Math.abs(date - now)
    if (apart > toleratedMilliseconds)
      return [bad('clock', `The clock is ${span(apart)} apart from that of ${origin}.`, mend)]
  }
  if (await isLeftAlone())
    return [
      warning('clock', 'The clock is right, and nobody keeps it so.', 'timedatectl set-ntp true')
    ]
  return [good('clock', 'The clock is not behind anything that is there.')]
}

/** The latest time that something was written at, whoever's clock it was. */
async function newestOf({ config, register }: Patient) {
  const { dataFolder, backupsFolder } = config
  const [backup] = backupsFolder === null ? [] : await listBackups(backupsFolder)
  const written = statSync(join(dataFolder, 'register.db'), { throwIfNoEntry: false })
  const times = [
    { at: register?.heartbeatAt ?? null, what: 'what the server wrote last' },
    { at: backup?.at ?? null, what: 'the newest backup' },
    { at: written?.mtimeMs ?? null, what: 'the register’s file' }
  ]
  return times.reduce<{ at: number; what: string } | null>(
    (newest, { at, what }) => (at !== null && at > (newest?.at ?? 0) ? { at, what } : newest),
    null
  )
}

/** Whether the system says that nothing synchronises its clock. Where it does not say, nothing is told. */
async function isLeftAlone(): Promise<boolean> {
  try {
    const asked = ['show', '--property=NTPSynchronized', '--value']
    const { stdout } = await promisify(execFile)('timedatectl', asked, { timeout: 3000 })
    return stdout.trim() === 'no'
  } catch {
    // A machine without systemd.
    return false
  }
}

function span(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}
