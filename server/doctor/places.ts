import { existsSync, statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Config } from '#server/config.ts'

export interface Place {
  /** As the operator knows it. */
  readonly variable: string
  readonly path: string
}

/** The folders that the server keeps. */
export function placesOf(config: Config): Place[] {
  const { dataFolder, keysFolder, keysBackupFolder, backupsFolder } = config
  const named = [
    ['KOTIKAYNTI_DATA', dataFolder],
    ['KOTIKAYNTI_KEYS', keysFolder],
    ['KOTIKAYNTI_KEYS_BACKUP', keysBackupFolder],
    ['KOTIKAYNTI_BACKUPS', backupsFolder]
  ] as const
  return named.flatMap(([variable, path]) => (path === null ? [] : [{ variable, path }]))
}

/** The nearest folder that is there: one that is still to be made will lie where its parent lies. */
export function standing(path: string): string {
  const whole = resolve(path)
  return existsSync(whole) || dirname(whole) === whole ? whole : standing(dirname(whole))
}

export const deviceOf = (path: string): number => statSync(standing(path)).dev

export function isInside(path: string, folder: string): boolean {
  const outer = resolve(folder)
  return resolve(path).startsWith(outer.endsWith(sep) ? outer : outer + sep)
}
