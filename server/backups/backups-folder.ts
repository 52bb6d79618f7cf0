import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toMilliseconds } from '#contract/day.ts'
import type { Header } from './header.ts'
import { headerOf } from './sealed-file.ts'

const dayMilliseconds = 86_400_000
const ending = '.backup'

/** A file that bears a backup's name was opened again and found whole before it was given it. */
export interface Backup {
  readonly path: string
  readonly at: number
  readonly header: Header
  readonly line: string
}

/** Such as 20261128T182500Z: in the order of time when read as text. */
export const stampOf = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')

export const backupPath = (folder: string, at: number): string =>
  join(folder, `kotikaynti-${stampOf(at)}${ending}`)

export async function readBackup(path: string): Promise<Backup | null> {
  if (!existsSync(path)) return null
  const read = await headerOf(path)
  return read && { path, at: toMilliseconds(read.header.at), ...read }
}

/** The newest first. What is no backup is not ours to judge. */
export async function listBackups(folder: string): Promise<Backup[]> {
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending))
  const found = await Promise.all(names.map((name) => readBackup(join(folder, name))))
  return found.filter((backup) => backup !== null).sort((a, b) => b.at - a.at)
}

/** Longer than any time from one backup to the next: the clock leapt between them, or the server was off. */
const leapMilliseconds = 31 * dayMilliseconds

/**
 * Those older than the days that they are kept; the newest stays however old it is. After a leap none
 * goes: if the clock is right, they go with the next one.
 */
export async function pruneBackups(folder: string, keepDays: number, now: number): Promise<number> {
  const [newest, ...older] = (await listBackups(folder)).filter(({ at }) => at <= now)
  const before = older[0]
  if (newest && before && newest.at - before.at > leapMilliseconds) return 0
  const past = older.filter(({ at }) => now - at > keepDays * dayMilliseconds)
  for (const { path } of past) await rm(path)
  return past.length
}

const setAside = 'before-restore-'

/** Where a restore puts the register that was there. */
export const formerFolder = (at: number): string => `${setAside}${stampOf(at)}`

/** A register that a restore set aside is as old as a backup, and goes as one does. */
export async function pruneFormer(
  dataFolder: string,
  keepDays: number,
  now: number
): Promise<void> {
  const oldest = `${setAside}${stampOf(now - keepDays * dayMilliseconds)}`
  for (const name of await readdir(dataFolder))
    if (name.startsWith(setAside) && name < oldest)
      await rm(join(dataFolder, name), { recursive: true })
}
